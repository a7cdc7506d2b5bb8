import { OPEN_VALUES, unknownValueId } from '../../src/validation/open-values';

/** Users acknowledge the warnings by these ids, so a new name of a class must not change them. Add new ones, change none. */
const IDS = [
  'unknown-athena-result-compression-type',
  'unknown-athena-result-format',
  'unknown-compression-type',
  'unknown-customization-technique',
  'unknown-deployment-instance-type',
  'unknown-evaluation-type',
  'unknown-file-system-access-mode',
  'unknown-framework',
  'unknown-hyper-parameter-scaling-type',
  'unknown-hyper-parameter-tuning-allocation-strategy',
  'unknown-hyper-parameter-tuning-job-objective',
  'unknown-hyper-parameter-tuning-job-strategy-type',
  'unknown-hyper-parameter-tuning-job-warm-start-type',
  'unknown-instance-metadata-service-version',
  'unknown-model-speculative-decoding-technique',
  'unknown-notebook-accelerator-type',
  'unknown-notebook-instance-type',
  'unknown-notebook-ip-address-type',
  'unknown-notebook-platform',
  'unknown-output-compression-type',
  'unknown-peft',
  'unknown-processing-instance-type',
  'unknown-processing-s3-input-mode',
  'unknown-processing-s3-upload-mode',
  'unknown-record-wrapper-type',
  'unknown-redshift-result-compression-type',
  'unknown-redshift-result-format',
  'unknown-s3-data-distribution',
  'unknown-serverless-job-type',
  'unknown-target-device',
  'unknown-target-platform-accelerator',
  'unknown-target-platform-arch',
  'unknown-target-platform-os',
  'unknown-training-input-mode',
  'unknown-training-instance-type',
  'unknown-training-job-early-stopping-type',
  'unknown-training-repository-access-mode',
];

test('the warnings of unknown values keep their ids', () => {
  expect([...new Set(Object.keys(OPEN_VALUES).map(unknownValueId))].sort()).toEqual(IDS);
});
