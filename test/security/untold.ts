/** What no stack needs here, and why that cannot be seen in the local cloud. */
export const UNTOLD: ReadonlyArray<{ readonly what: RegExp; readonly why: string; readonly page: string }> = [
  {
    what: / s3:AbortMultipartUpload /,
    why: 'No upload is given up.',
    page: 'Amazon S3 User Guide, Uploading and copying objects using multipart upload: API support and permissions',
  },
  {
    what: /^(Mounting|Serverless)Role kms:Decrypt /,
    why: 'No upload is so large that S3 puts it together from parts. Other jobs read with the key as well.',
    page: 'Amazon S3 User Guide, Multipart upload API and permissions: kms:Decrypt',
  },
  {
    what: /^WatchedRole (s3:(GetObject|ListBucket) .*(tensors|board|profiles)\/\*|ecr:\w+ repository\/rules)$/,
    why: 'Rules are not evaluated: they read what the job has written, and pull an image of their own.',
    page: 'SageMaker AI Developer Guide, CreateProcessingJob API: Execution Role Permissions',
  },
  {
    what: /^(Compilation|Notebook)Role s3:ListBucket |^(Predictions|Transform)ModelRole s3:ListBucket (models|served)|^Serving s3:ListBucket /,
    why: 'Every object is there. Without it one that is not there is answered like one that is denied.',
    page: 'Amazon S3 API Reference, GetObject: 404 and 403',
  },
  {
    what: /^OptimizedRole s3:(GetObject|ListBucket) .*llama/,
    why: 'The data of models is not read.',
    page: 'SageMaker API Reference, CreateOptimizationJob: RoleArn',
  },
  {
    what: /^MountingRole (elasticfilesystem:\w+ file-system\/|fsx:DescribeFileSystems )/,
    why: 'File systems are not mounted.',
    page: 'Amazon EFS User Guide, Using IAM to control file system data access; Service Authorization Reference, Amazon FSx',
  },
  {
    what: /^ClusterRole (s3:(PutObject|GetObject|ListBucket)|kms:)/,
    why: 'No cluster runs the query.',
    page: 'Amazon Redshift Database Developer Guide, Unloading data to Amazon S3: permissions',
  },
  {
    what: / ssmmessages:/,
    why: 'Nobody opens a session in a container.',
    page: 'SageMaker AI Developer Guide, Set up remote debugging: IAM permissions',
  },
  {
    what: / (sagemaker-mlflow:|sagemaker:CallMlflowAppApi )/,
    why: 'Nothing is tracked.',
    page: 'SageMaker AI Developer Guide, Set up IAM permissions for MLflow; Service Authorization Reference, Amazon SageMaker with MLflow',
  },
  {
    what: /^ServerlessRole (sagemaker:(DescribeHubContent|AddTags|CreateModelPackage|DescribeModelPackage(Group)?) |lambda:InvokeFunction function:scorer$)/,
    why: 'Nothing is read from a hub, scored or registered.',
    page: 'Service Authorization Reference, Amazon SageMaker; SageMaker AI Developer Guide, serverless model customization',
  },
  {
    what: /^(NotebookRole|SageMakerJobProviderFunctionRole) secretsmanager:|^NotebookRole codecommit:GitPull /,
    why: 'Nothing is cloned.',
    page: 'SageMaker AI Developer Guide, Associate Git repositories with notebook instances',
  },
  {
    what: /^(Compilation|Notebook|Optimized|Processing|TransformModel|Tuning|Watched)Role kms:DescribeKey /,
    why: 'It is named beside kms:CreateGrant, and the page does not say that only the caller needs it. It reads nothing that is encrypted.',
    page: 'SageMaker AI Developer Guide, API permissions reference: CreateNotebookInstance',
  },
  {
    what: /^Notebook(Schedule)?Role sagemaker:StopNotebookInstance |^NotebookRole (sagemaker:\w+|iam:PassRole|s3:GetObject) .*(training|models)/i,
    why: 'Nobody works in the notebook, it is not idle, and the evening does not come. What `grantRun` is for is seen in grant-run.test.ts.',
    page: 'EventBridge Scheduler User Guide, Using universal targets; Service Authorization Reference, Amazon SageMaker',
  },
  {
    what: /^SageMakerJobProvider\w+Role kms:(Decrypt|GenerateDataKey) /,
    why: 'The data of executions is not encrypted.',
    page: 'Step Functions Developer Guide, Data at rest encryption',
  },
  {
    what: /^SageMakerJobProvider\w+Role xray:/,
    why: 'Nothing is traced.',
    page: 'Step Functions Developer Guide, Trace requests with AWS X-Ray; Lambda Developer Guide, Visualize invocations with AWS X-Ray',
  },
  {
    what: /^SageMakerJobProviderFunctionRole ec2:\w+ $/,
    why: 'The network interfaces of functions are not made.',
    page: 'Lambda Developer Guide, Giving Lambda functions access to resources in an Amazon VPC: required IAM permissions',
  },
];
