import type { CreateTransformJobRequest } from './transform-types';
import { checkRules, type Rule } from '../local-request-rule';

const MAX_PAYLOAD_MB = 100;
const MAX_INSTANCES = 100;
const SPLITS = ['Line', 'RecordIO', 'TFRecord'];
const LOCAL_STORAGE = /^ml\.(p4d|g4dn|g5)\./;

type TransformRule = Rule<CreateTransformJobRequest>;

const payload: TransformRule = ({ MaxPayloadInMB: size = 0 }) => size > MAX_PAYLOAD_MB
  && `MaxPayloadInMB ${size} cannot be greater than ${MAX_PAYLOAD_MB}.`;

const payloads: TransformRule = ({ MaxConcurrentTransforms: parallel = 0, MaxPayloadInMB: size = 0 }) => parallel * size > MAX_PAYLOAD_MB
  && `MaxConcurrentTransforms * MaxPayloadInMB must not exceed ${MAX_PAYLOAD_MB} MB.`;

const instances: TransformRule = ({ TransformResources: { InstanceCount: count } }) => count > MAX_INSTANCES
  && `InstanceCount ${count} cannot be greater than ${MAX_INSTANCES}.`;

/** Requests of AWS examples contain SingleRecord without a split. */
const splitRecords: TransformRule = ({ BatchStrategy: strategy, TransformInput: { SplitType: split = 'None' } }) => strategy === 'MultiRecord' && !SPLITS.includes(split)
  && `BatchStrategy MultiRecord requires that SplitType is ${SPLITS.join(', ')}.`;

const dataType: TransformRule = ({ TransformInput: { DataSource: { S3DataSource: { S3DataType: type } } } }) => type === 'AugmentedManifestFile'
  && 'S3DataType AugmentedManifestFile is not compatible with transform jobs.';

const filters: TransformRule = ({ DataProcessing: { InputFilter: input = '$', OutputFilter: output = '$' } = {} }) => [input, output].some((filter) => !filter.startsWith('$'))
  && 'InputFilter and OutputFilter must be JSONPath expressions.';

const noKeyForLocalStorage: TransformRule = ({ TransformResources: { InstanceType: type, VolumeKmsKeyId: key } }) => key && LOCAL_STORAGE.test(type)
  && `VolumeKmsKeyId must not be specified for ${type}, which has local storage.`;

/** A job has no other role. The message for a model without one is not documented. */
const role: TransformRule = ({ ModelName: name, model }) => model?.ExecutionRoleArn === undefined
  && `Model ${name} has no ExecutionRoleArn.`;

/** Rules in the documentation of CreateTransformJob that go beyond the constraints of single members. */
export function checkTransformJobRules(request: CreateTransformJobRequest): void {
  checkRules([payload, payloads, instances, splitRecords, dataType, filters, noKeyForLocalStorage, role], request, request);
}
