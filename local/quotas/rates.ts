/** The rate limit of an operation in an account and Region. */
export interface Rate {
  /** The tokens that are refilled each second. */
  readonly perSecond: number;
  /** The capacity of the bucket. */
  readonly burst: number;
}

const rate = (perSecond: number, burst = perSecond): Rate => ({ perSecond, burst });

/** Regions with higher quotas: Step Functions Developer Guide, Service quotas. */
const LARGE_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** Step Functions Developer Guide, Service quotas, in the large Regions and in the others. */
const STATES: { readonly [operation: string]: readonly [large: Rate, other: Rate] } = {
  StartExecution: [rate(300, 1300), rate(150, 800)],
  StopExecution: [rate(200, 1000), rate(25, 500)],
  DescribeExecution: [rate(15, 300), rate(10, 250)],
  ListExecutions: [rate(5, 200), rate(2, 100)],
};

/**
 * Service Quotas, Amazon SageMaker: rates of training and transform jobs. AWS documents no rates for other kinds and operations,
 * which get the same ones by verb, and no burst, so a bucket holds the tokens of a second.
 */
const SAGEMAKER: { readonly [verb: string]: Rate } = {
  Create: rate(1),
  Describe: rate(5),
  List: rate(2),
  Stop: rate(1),
  Update: rate(1),
  Delete: rate(1),
  Add: rate(1),
  Start: rate(1),
};

/** AWS Lambda Developer Guide, Lambda quotas: ten invocations per second for each of 1,000 concurrent executions. */
const INVOCATIONS = rate(10_000);

/** Returns the rate limit of an operation, or nothing if it is not limited. */
export function rateOf(service: string, operation: string, region: string): Rate | undefined {
  if (service === 'states') return STATES[operation]?.[LARGE_REGIONS.includes(region) ? 0 : 1];
  if (service === 'lambda') return operation === 'Invoke' ? INVOCATIONS : undefined;
  const [verb = ''] = /^[A-Z][a-z]+/.exec(operation) ?? [];
  return service === 'sagemaker' ? SAGEMAKER[verb] : undefined;
}
