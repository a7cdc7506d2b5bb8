import type { ModelContainer, ModelContainers } from './model-containers';
import { validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import type { JsonObject } from '../../json';
import type { Hosting as HostingService, Json } from '../../services';
import { type JobRoles, MODEL_USES } from '../execution-role';
import type { Tag, Tags } from '../resource-tags';

/** The duration of the creation or update of an endpoint, in seconds. */
const DEPLOYING = 180;

interface Named {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
}

/** A model. `request` is the input of CreateModel. */
export interface Model extends Named {
  readonly request: JsonObject;
}

/** An endpoint configuration. `request` is the input of CreateEndpointConfig. */
export interface EndpointConfig extends Named {
  readonly request: JsonObject;
}

export interface Endpoint extends Named {
  status: 'Creating' | 'Updating' | 'InService';
  config: EndpointConfig;
  lastModifiedTime: number;
}

interface Variant {
  readonly VariantName?: string;
  readonly ModelName?: string;
  readonly InstanceType?: string;
  readonly ServerlessConfig?: JsonObject;
}

/** Models and the endpoints that serve them. */
export class Hosting implements HostingService {
  readonly models = new Map<string, Model>();
  readonly endpointConfigs = new Map<string, EndpointConfig>();
  readonly endpoints = new Map<string, Endpoint>();

  constructor(private readonly clock: Clock, private readonly arnPrefix: string, private readonly roles: JobRoles, private readonly tags: Tags) {}

  createModel(request: JsonObject): void {
    const name = String(request.ModelName);
    const { PrimaryContainer: primary, Containers: containers } = request as ModelContainers;
    if ((primary === undefined) === (containers === undefined)) throw validationError('Exactly one of PrimaryContainer and Containers must be specified.');
    (containers ?? [primary!]).forEach(checkContainer);
    if (request.ExecutionRoleArn !== undefined) this.roles.of(this.arn('model', name), String(request.ExecutionRoleArn), request, MODEL_USES).check();
    this.add(this.models, 'model', name, { request }, request.Tags);
  }

  /** Returns a model. Throws an error if it does not exist. */
  model(name: string): Model {
    return this.find(this.models, 'model', name);
  }

  deleteModel(name: string): void {
    this.tags.forget(this.model(name).arn);
    this.models.delete(name);
  }

  createEndpointConfig(request: JsonObject): void {
    const variants = request.ProductionVariants as readonly Variant[];
    if (variants.length === 0) throw validationError('At least one production variant must be specified.');
    const names = variants.map(({ VariantName }) => VariantName);
    if (names.includes(undefined) || new Set(names).size < names.length) throw validationError('Production variants must have different names.');
    for (const { InstanceType, ServerlessConfig } of variants) {
      if ((InstanceType === undefined) === (ServerlessConfig === undefined)) {
        throw validationError('Exactly one of InstanceType and ServerlessConfig must be specified in a production variant.');
      }
    }
    this.checkModels(variants);
    this.add(this.endpointConfigs, 'endpoint-config', String(request.EndpointConfigName), { request }, request.Tags);
  }

  deleteEndpointConfig(name: string): void {
    this.tags.forget(this.endpointConfig(name).arn);
    this.endpointConfigs.delete(name);
  }

  createEndpoint(name: string, configName: string, tags?: Json): void {
    const config = this.servable(configName);
    this.add(this.endpoints, 'endpoint', name, { status: 'Creating', config, lastModifiedTime: this.clock.now() }, tags);
    void this.serve(this.endpoints.get(name)!);
  }

  updateEndpoint(name: string, configName: string): void {
    const endpoint = this.endpoint(name);
    const config = this.servable(configName);
    if (endpoint.status !== 'InService') throw validationError(`Cannot update in-progress endpoint "${endpoint.arn}".`);
    Object.assign(endpoint, { status: 'Updating', config, lastModifiedTime: this.clock.now() });
    void this.serve(endpoint);
  }

  endpointStatus(name: string): string {
    return this.endpoint(name).status;
  }

  deleteEndpoint(name: string): void {
    this.tags.forget(this.endpoint(name).arn);
    this.endpoints.delete(name);
  }

  endpointConfig(name: string): EndpointConfig {
    return this.find(this.endpointConfigs, 'endpoint configuration', name, 'endpoint-config');
  }

  endpoint(name: string): Endpoint {
    return this.find(this.endpoints, 'endpoint', name);
  }

  private async serve(endpoint: Endpoint): Promise<void> {
    await this.clock.sleep(DEPLOYING * 1000);
    Object.assign(endpoint, { status: 'InService', lastModifiedTime: this.clock.now() });
  }

  private servable(configName: string): EndpointConfig {
    const config = this.endpointConfig(configName);
    this.checkModels(config.request.ProductionVariants as readonly Variant[]);
    return config;
  }

  private checkModels(variants: readonly Variant[]): void {
    for (const { ModelName } of variants) if (ModelName !== undefined) this.model(ModelName);
  }

  private add<T extends Named>(all: Map<string, T>, segment: string, name: string, rest: Omit<T, keyof Named>, tags: Json = []): void {
    const arn = this.arn(segment, name);
    if (all.has(name)) throw validationError(`Cannot create already existing ${segment} "${arn}".`);
    this.tags.create(arn, tags as unknown as Tag[]);
    all.set(name, { name, arn, creationTime: this.clock.now(), ...rest } as T);
  }

  private find<T>(all: ReadonlyMap<string, T>, label: string, name: string, segment = label): T {
    const found = all.get(name);
    if (!found) throw validationError(`Could not find ${label} "${this.arn(segment, name)}".`);
    return found;
  }

  private arn(segment: string, name: string): string {
    return `${this.arnPrefix}:${segment}/${name.toLowerCase()}`;
  }
}

function checkContainer({ Image: image, ModelDataSource: source, ModelDataUrl: url, ModelPackageName: modelPackage }: ModelContainer): void {
  if ((image === undefined) === (modelPackage === undefined)) throw validationError('Exactly one of Image and ModelPackageName must be specified in a container.');
  if (url !== undefined && !/^(s3|https):\/\/[^/]+\/.+\.tar\.gz$/.test(url)) {
    throw validationError(`ModelDataUrl must point to a single gzip compressed tar archive (.tar.gz suffix) in S3, not '${url}'.`);
  }
  const { S3DataType: type, S3Uri: uri = '' } = source?.S3DataSource ?? {};
  if (type === 'S3Prefix' && !uri.endsWith('/')) throw validationError(`S3Uri '${uri}' must end with a forward slash, because S3DataType is S3Prefix.`);
}
