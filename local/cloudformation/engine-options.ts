import type { Clock } from '../clock';
import type { Services } from '../services';
import type { Deliver } from './custom-resource';
import type { NativeTypes } from './resource-types';
import type { OutputReaders } from './stack-outputs';
import type { StackState } from './state';

export interface CloudFormationOptions {
  readonly clock: Clock;
  readonly services: Services;
  readonly region: string;
  readonly account: string;
  /** Default: `aws`. */
  readonly partition?: string;
  /** Default: `amazonaws.com`. */
  readonly urlSuffix?: string;
  /** The directory of the asset that is in a bucket under a key. */
  readonly assets: (objectKey: string, bucket: string) => string;
  /** The text of the template at a URL. Default: there is none. */
  readonly templateAt?: (url: string) => string;
  /** How an event reaches the function of a custom resource. Default: once. */
  readonly deliver?: Deliver;
  /** What the Parameter Store has at the beginning. Default: what it has. */
  readonly ssmParameters?: { readonly [name: string]: string };
  /** The stacks of other accounts and regions. Default: there are none. */
  readonly otherOutputs?: OutputReaders;
  /** Types of resources besides, or instead of, the ones that are known. */
  readonly resourceTypes?: NativeTypes;
  /** Whether a stack of another region has a name that is one for all regions. Default: none has. */
  readonly takenElsewhere?: (type: string, physicalId: string) => boolean;
  /** Stacks that exist already. What was under way goes on after `resume`. */
  readonly stacks?: readonly StackState[];
}

/** What an engine that has ended has left undone. */
export interface NotRestored {
  readonly stackName: string;
  readonly logicalId: string;
  readonly reason: string;
}
