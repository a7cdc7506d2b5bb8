import { type Model, structure } from '../api/api-model';
import { page } from '../api/page';
import type { Service } from '../api/service';
import { ServiceError } from '../api/service-error';

const MODEL: Model = {
  operations: { ListServiceQuotas: { input: 'ListServiceQuotasRequest' } },
  shapes: {
    ServiceCode: { type: 'string', min: 1, max: 63, pattern: '[a-zA-Z][a-zA-Z0-9-]{1,63}' },
    NextToken: { type: 'string', max: 2048, pattern: '[a-zA-Z0-9/+]*={0,2}' },
    MaxResults: { type: 'integer', min: 1, max: 100 },
    ListServiceQuotasRequest: structure(['ServiceCode'], { ServiceCode: 'ServiceCode', NextToken: 'NextToken', MaxResults: 'MaxResults' }),
  },
};

interface ListInput {
  readonly ServiceCode: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** The quota of an account without limits. Quotas have a value. */
const UNLIMITED = 1000;

/** Service Quotas: the numbers of training instances. */
export class QuotaService implements Service {
  readonly name = 'servicequotas';
  readonly targetPrefix = 'ServiceQuotasV20190624';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = MODEL;
  readonly operations: Service['operations'] = {
    ListServiceQuotas: ({ MaxResults = 100, NextToken, ServiceCode }: ListInput) => {
      if (ServiceCode !== 'sagemaker') throw new ServiceError('NoSuchResourceException', `The service code ${ServiceCode} is not emulated.`);
      const { items, nextToken } = page(this.quotas(), MaxResults, NextToken, 'InvalidPaginationTokenException');
      return { Quotas: [...items], ...nextToken !== undefined && { NextToken: nextToken } };
    },
  };

  /**
   * @param instanceTypes The instance types of training jobs
   * @param limits The maximum number of running instances of a type
   */
  constructor(private readonly instanceTypes: readonly string[], private readonly limits: { readonly [instanceType: string]: number }) {}

  private quotas(): { ServiceCode: string; QuotaName: string; Value: number }[] {
    return this.instanceTypes.map((type) => (
      { ServiceCode: 'sagemaker', QuotaName: `${type} for training job usage`, Value: this.limits[type] ?? UNLIMITED }));
  }
}
