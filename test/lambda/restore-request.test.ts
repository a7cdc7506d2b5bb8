import { REQUEST_SHAPES } from '../../lambda/request-shapes.generated';
import { RequestError, restore } from '../../lambda/restore-request';

const restored = (request: unknown) => restore(REQUEST_SHAPES.trainingJob.create, request);

test('numbers and booleans come back at every depth, strings stay strings', () => {
  expect(restored({
    EnableManagedSpotTraining: 'true',
    HyperParameters: { max_depth: '5', verbose: 'true' },
    ResourceConfig: { InstanceCount: '2', InstanceGroups: [{ InstanceCount: '1', InstanceGroupName: '1' }] },
    InputDataConfig: [{ ChannelName: 'train', ShuffleConfig: { Seed: '7' } }],
  })).toEqual({
    EnableManagedSpotTraining: true,
    HyperParameters: { max_depth: '5', verbose: 'true' },
    ResourceConfig: { InstanceCount: 2, InstanceGroups: [{ InstanceCount: 1, InstanceGroupName: '1' }] },
    InputDataConfig: [{ ChannelName: 'train', ShuffleConfig: { Seed: 7 } }],
  });
});

test('a scalar that was never made a string is restored as well', () => {
  expect(restored({ EnableManagedSpotTraining: false, HyperParameters: { max_depth: 5 } }))
    .toEqual({ EnableManagedSpotTraining: false, HyperParameters: { max_depth: '5' } });
});

test.each([
  [{ ResourceConfig: { Colour: 'red' } }, 'ResourceConfig.Colour: unknown member'],
  [{ ResourceConfig: { toString: 'red' } }, 'ResourceConfig.toString: unknown member'],
  [{ InputDataConfig: [{ ChannelName: 'a', Depth: '1' }] }, 'InputDataConfig[0].Depth: unknown member'],
  [{ ResourceConfig: { InstanceCount: 'two' } }, "ResourceConfig.InstanceCount: must be a number; got 'two'"],
  [{ ResourceConfig: { InstanceCount: '' } }, "ResourceConfig.InstanceCount: must be a number; got ''"],
  [{ EnableManagedSpotTraining: 'yes' }, "EnableManagedSpotTraining: must be true or false; got 'yes'"],
  [{ InputDataConfig: { ChannelName: 'a' } }, 'InputDataConfig: must be a list; got a structure'],
  [{ ResourceConfig: 'large' }, 'ResourceConfig: must be a structure; got a single value'],
  [{ RoleArn: ['a'] }, 'RoleArn: must be a string; got a list'],
  ['nothing', 'Request: must be a structure; got a single value'],
])('%j is refused with the member at fault', (request, message) => {
  expect(() => restored(request)).toThrow(RequestError);
  expect(() => restored(request)).toThrow(message);
});

test('what cannot be restored is told with its place, and a map that is none without its value', () => {
  const refused = (request: unknown): any => {
    try {
      return restored(request);
    } catch (error) {
      return error;
    }
  };
  expect(refused({ InputDataConfig: [{}, { ShuffleConfig: { Seed: 'x' } }] }).places).toEqual([['InputDataConfig', 1, 'ShuffleConfig', 'Seed']]);
  expect(refused({ Environment: 'PASSWORD=hunter2' }).message).toBe('Environment: must be a structure; got a single value');
});

test.each([
  [{ RoleArn: { a: 'b' } }, 'RoleArn: must be a string; got a structure'],
  [{ InputDataConfig: 'train' }, 'InputDataConfig: must be a list; got a single value'],
  [{ ResourceConfig: ['a'] }, 'ResourceConfig: must be a structure; got a list'],
  [{ ResourceConfig: { InstanceCount: ['2'] } }, 'ResourceConfig.InstanceCount: must be a number; got a list'],
  [{ ResourceConfig: { InstanceCount: ' ' } }, "ResourceConfig.InstanceCount: must be a number; got ' '"],
  [{ ResourceConfig: { InstanceCount: 'Infinity' } }, "ResourceConfig.InstanceCount: must be a number; got 'Infinity'"],
  [{ ResourceConfig: { InstanceCount: true } }, "ResourceConfig.InstanceCount: must be a number; got 'true'"],
  [{ ResourceConfig: { InstanceCount: 'x'.repeat(100) } }, `ResourceConfig.InstanceCount: must be a number; got '${'x'.repeat(40)}'`],
  [{ EnableManagedSpotTraining: {} }, 'EnableManagedSpotTraining: must be true or false; got a structure'],
])('%j is refused with what it is in its place', (request, message) => {
  expect(() => restored(request)).toThrow(new RegExp(`^${message.replace(/[[\].()]/g, '\\$&')}$`));
});

test('true and false are taken as they are, and numbers as well', () => {
  expect(restored({ EnableManagedSpotTraining: true, EnableNetworkIsolation: 'false', ResourceConfig: { InstanceCount: 2 } }))
    .toEqual({ EnableManagedSpotTraining: true, EnableNetworkIsolation: false, ResourceConfig: { InstanceCount: 2 } });
});
