import { Token } from 'aws-cdk-lib';
import { HyperParameterTuningJobObjective, HyperParameterTuningJob, ParameterRange, TrainingJob } from '../../src';
import { complaintOf, requestOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

type Values = { [name: string]: string | number | boolean };

const hyperParametersOf = (hyperParameters: Values) => requestOf((stack) => new TrainingJob(stack, 'Job', { ...LEAST, hyperParameters })).HyperParameters;

test('hyperparameters that are numbers and booleans are rendered as the strings that the API takes', () => {
  expect(hyperParametersOf({ epochs: 10, lr: 0.001, tiny: 1e-7, negative: -3, shuffle: true, debug: false }))
    .toEqual({ epochs: '10', lr: '0.001', tiny: '1e-7', negative: '-3', shuffle: 'true', debug: 'false' });
});

test('a number and its string are one request', () => {
  expect(hyperParametersOf({ epochs: 10, shuffle: true })).toEqual(hyperParametersOf({ epochs: '10', shuffle: 'true' }));
});

test('a number that is a token is resolved in the template', () => {
  expect(hyperParametersOf({ epochs: Token.asNumber({ Ref: 'Epochs' }) })).toEqual({ epochs: { Ref: 'Epochs' } });
});

test('environment variables may be numbers and booleans', () => {
  expect(requestOf((stack) => new TrainingJob(stack, 'Job', { ...LEAST, environment: { WORKERS: 4, VERBOSE: true } })).Environment)
    .toEqual({ WORKERS: '4', VERBOSE: 'true' });
});

test('static hyperparameters of a tuning job may be numbers', () => {
  const request = requestOf((stack) => new HyperParameterTuningJob(stack, 'Job', {
    hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.maximize('accuracy'),
    parameterRanges: [ParameterRange.continuous('lr', 0.001, 0.1)],
    maxNumberOfTrainingJobs: 2,
    trainingJobDefinition: { ...LEAST, metricDefinitions: [{ name: 'accuracy', regex: 'accuracy: ([0-9.]+)' }], hyperParameters: { epochs: 10, lr: 0.01 } },
  }), 'Custom::SageMakerHyperParameterTuningJob');

  expect(request.TrainingJobDefinition.StaticHyperParameters).toEqual({ epochs: '10' });
});

test.each([['hyperParameters', NaN], ['environment', Infinity]])('%s: %p is refused by its name', (property, value) => {
  expect(complaintOf((stack) => new TrainingJob(stack, 'Job', { ...LEAST, [property]: { lr: value } })))
    .toMatch(new RegExp(`${property}\\.lr: must be a finite number[,;] got ${value}`));
});
