import { type Model, type Shape, structure } from '../api/api-model';
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

/** The kinds of jobs with a quota for each instance type, with the shape of their types. */
const JOBS = { training: 'TrainingInstanceType', processing: 'ProcessingInstanceType', transform: 'TransformInstanceType' } as const;

/** Service Quotas: the numbers of instances of jobs. */
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
   * @param shapes The shapes of SageMaker, which list the instance types
   * @param limits The maximum number of running instances of training jobs of a type
   */
  constructor(private readonly shapes: { readonly [name: string]: Shape }, private readonly limits: { readonly [instanceType: string]: number }) {}

  private quotas(): { ServiceCode: string; QuotaName: string; Value: number }[] {
    return Object.entries(JOBS).flatMap(([job, shape]) => this.shapes[shape].enum!.map((type) => ({
      ServiceCode: 'sagemaker', QuotaName: `${type} for ${job} job usage`, Value: (job === 'training' ? this.limits[type] : undefined) ?? UNLIMITED,
    })));
  }
}
