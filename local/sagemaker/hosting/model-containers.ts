/** The members of a container in CreateModel that the emulation reads. */
export interface ModelContainer {
  readonly Image?: string;
  readonly ModelDataUrl?: string;
  readonly ModelDataSource?: { readonly S3DataSource?: { readonly S3Uri: string; readonly S3DataType: string } };
  readonly ModelPackageName?: string;
}

/** The containers in a request of CreateModel. */
export interface ModelContainers {
  readonly PrimaryContainer?: ModelContainer;
  readonly Containers?: readonly ModelContainer[];
}
