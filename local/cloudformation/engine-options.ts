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
  /** Returns the directory of the asset with a key in a bucket. */
  readonly assets: (objectKey: string, bucket: string) => string;
  /** Returns a directory with the code that a template contains. */
  readonly inlineCode: (source: string) => string;
  /** Returns the body of the template at a URL. Default: no URL has a template. */
  readonly templateAt?: (url: string) => string;
  /** Delivers events to the functions of custom resources. Default: once. */
  readonly deliver?: Deliver;
  /** The initial parameters of the Parameter Store. Default: the parameters that it contains. */
  readonly ssmParameters?: { readonly [name: string]: string };
  /** The stacks of other accounts and Regions. Default: none. */
  readonly otherOutputs?: OutputReaders;
  /** Types of resources that are added to, or override, the built-in ones. */
  readonly resourceTypes?: NativeTypes;
  /** Whether a stack of another Region has a resource with a globally unique name. Default: no. */
  readonly takenElsewhere?: (type: string, physicalId: string) => boolean;
  /** Existing stacks. Operations in progress continue after `resume`. */
  readonly stacks?: readonly StackState[];
}

/** A resource that the engine could not recreate after a restart. */
export interface NotRestored {
  readonly stackName: string;
  readonly logicalId: string;
  readonly reason: string;
}
