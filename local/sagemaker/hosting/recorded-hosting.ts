import { Hosting } from './hosting';
import type { Clock } from '../../clock';
import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import type { JobRoles } from '../execution-role';
import type { SageMakerRecord } from '../record';
import type { Tags } from '../resource-tags';

/** Models and endpoints that record their changes. */
export class RecordedHosting extends Hosting {
  /** @param check Rejects a request with invalid references */
  constructor(
    clock: Clock, arnPrefix: string, roles: JobRoles, tags: Tags,
    private readonly record: SageMakerRecord, private readonly check: (request: JsonObject) => void,
  ) {
    super(clock, arnPrefix, roles, tags);
  }

  override createModel(request: JsonObject): void {
    this.record.carryOut('createModel', [request], () => {
      this.check(request);
      super.createModel(request);
    });
  }

  override deleteModel(name: string): void {
    this.record.carryOut('deleteModel', [name], () => super.deleteModel(name));
  }

  override createEndpointConfig(request: JsonObject): void {
    this.record.carryOut('createEndpointConfig', [request], () => {
      this.check(request);
      super.createEndpointConfig(request);
    });
  }

  override deleteEndpointConfig(name: string): void {
    this.record.carryOut('deleteEndpointConfig', [name], () => super.deleteEndpointConfig(name));
  }

  override createEndpoint(name: string, configName: string, tags?: Json): void {
    this.record.carryOut('createEndpoint', [name, configName, ...tags === undefined ? [] : [tags]], () => super.createEndpoint(name, configName, tags));
  }

  override updateEndpoint(name: string, configName: string): void {
    this.record.carryOut('updateEndpoint', [name, configName], () => super.updateEndpoint(name, configName));
  }

  override deleteEndpoint(name: string): void {
    this.record.carryOut('deleteEndpoint', [name], () => super.deleteEndpoint(name));
  }
}
