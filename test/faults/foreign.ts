import type { RecordedCloud } from './history';
import { FIRST_TRY, jobName } from '../../lambda/naming';
import { ServiceError } from '../../local/api/service-error';
import type { CustomResourceEvent } from '../../local/cloudformation';
import { type JobProperties, OWNER_TAG, RESOURCE_TYPE } from '../../src/contract';
import { identitiesOf } from '../../src/identity';

/** The variant of jobs that are not the stack's. */
export const FOREIGN_VARIANT = 'foreign';
/** A tag that other tools put on jobs. */
export const FOREIGN_TAG = 'cost-center';

/** Starts a training job in the account, with a name and tags of the caller's choice. */
export function startForeignJob({ sagemaker }: RecordedCloud, name: string, tags: { readonly [key: string]: string } = {}): void {
  sagemaker.call('CreateTrainingJob', {
    TrainingJobName: name,
    AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1', TrainingInputMode: 'File' },
    RoleArn: 'arn:aws:iam::111122223333:role/somebody',
    OutputDataConfig: { S3OutputPath: 's3://results/models' },
    ResourceConfig: { InstanceType: 'ml.c5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
    HyperParameters: { variant: FOREIGN_VARIANT },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

/** Starts what looks like jobs of the stack: one without tags, and one of another stack of the same app. */
export function startLookalikes(cloud: RecordedCloud): void {
  startForeignJob(cloud, 'stack-trainingjoba-01234567890123');
  startForeignJob(cloud, 'stack-trainingjoba-98765432109876', {
    [OWNER_TAG.stack]: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/00000000-0000-0000-0000-000000000000',
    [OWNER_TAG.resource]: 'TrainingJobA',
    [OWNER_TAG.identity]: '1:9876543210',
    [OWNER_TAG.request]: 'another',
  });
}

/** Takes the name that the job of an event is going to have. */
export function squat(cloud: RecordedCloud, { ResourceType, ResourceProperties, StackId }: CustomResourceEvent): void {
  if (ResourceType !== RESOURCE_TYPE.trainingJob) return;
  const properties = ResourceProperties as unknown as JobProperties;
  const [identity] = identitiesOf('trainingJob', properties);
  try {
    startForeignJob(cloud, jobName(properties, StackId, identity, FIRST_TRY));
  } catch (error) {
    // The job is there already.
    if (!(error instanceof ServiceError)) throw error;
  }
}
