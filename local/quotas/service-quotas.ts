import { rateOf } from './rates';
import { TokenBucket } from './token-bucket';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { environmentName, type AccountRegion } from '../environments/account-region';
import { fraction } from '../fraction';

export interface QuotasOptions {
  readonly clock: Clock;
  /** The seed of the lags of lists. Default: 0. */
  readonly seed?: number;
  /** Whether calls are throttled and lists lag. Default: true. */
  readonly isOn?: boolean;
}

/** The maximum delay until a list shows a change, in milliseconds. AWS documents no limit. */
const LONGEST_LAG = 8000;

/** Throttles calls and delays lists, as the services do. */
export class Quotas {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly options: QuotasOptions) {}

  /** Returns the error response for a call that exceeds its rate. */
  readonly throttle = (place: AccountRegion, service: string, operation: string): ServiceError | undefined => {
    const { clock, isOn = true } = this.options;
    const rate = rateOf(service, operation, place.region);
    if (!isOn || !rate) return undefined;
    const key = `${environmentName(place)} ${service}:${operation}`;
    const bucket = this.buckets.get(key) ?? new TokenBucket(clock, rate.perSecond, rate.burst);
    this.buckets.set(key, bucket);
    return bucket.tryTake() ? undefined : REFUSALS[service]();
  };

  /** The delay until a list shows a resource, and its end, in milliseconds. It is constant for each resource. */
  readonly listLag = (arn: string): number => {
    const { isOn = true, seed = 0 } = this.options;
    return isOn ? Math.floor(fraction(`${seed}/list/${arn}`) * LONGEST_LAG) : 0;
  };
}

/** The errors of each service. */
const REFUSALS: { readonly [service: string]: () => ServiceError } = {
  sagemaker: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  states: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  lambda: () => new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429),
};
