import { custom, World } from './world';
import type { StackRefactorInput } from '../../../local/cloudformation/stack-refactor';

const rename = (Resources: object, from: string, to: string): StackRefactorInput => ({
  stackDefinitions: [{ stackName: 'Stack', template: JSON.stringify({ Resources }) }],
  resourceMappings: [{ source: { stackName: 'Stack', logicalResourceId: from }, destination: { stackName: 'Stack', logicalResourceId: to } }],
});

test.each(['Custom::Thing', 'AWS::CloudFormation::CustomResource'])('a refactor does not rename a resource of type %s', async (Type) => {
  const world = new World();
  await world.create({ Old: { ...custom(), Type } });
  const refactor = world.cfn.refactors.create(rename({ New: { ...custom(), Type } }, 'Old', 'New'));
  expect(refactor).toMatchObject({ status: 'CREATE_FAILED', statusReason: `Stack refactoring does not support resource type ${Type}: [Old] of stack Stack.` });
  expect(world.requests()).toEqual(['Create Old']);
});

test('a custom resource that stays where it is may read what is renamed, and its function hears nothing', async () => {
  const world = new World();
  const topic = { Type: 'AWS::SNS::Topic' };
  await world.create({ Old: topic, Reader: custom({ Topic: { Ref: 'Old' } }) });
  const resources = { New: topic, Reader: custom({ Topic: { Ref: 'New' } }) };
  const { stackRefactorId, status } = world.cfn.refactors.create(rename(resources, 'Old', 'New'));
  expect(status).toBe('CREATE_COMPLETE');
  world.cfn.refactors.execute(stackRefactorId);
  await world.clock.advance(2000);
  expect(world.cfn.refactors.existing(stackRefactorId).executionStatus).toBe('EXECUTE_COMPLETE');
  expect((await world.update(resources)).changed).toBe(false);
  expect(world.requests()).toEqual(['Create Reader']);
  expect(world.cfn.describe('Stack').resources.Reader.dependencies).toEqual(['New']);
});

test('a refactor that is overtaken by another change of its stacks fails, and changes nothing', async () => {
  const world = new World();
  const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
  await world.create({ Old: topic('1') });
  const { stackRefactorId } = world.cfn.refactors.create(rename({ New: topic('1') }, 'Old', 'New'));
  await world.update({ Old: topic('2') });
  world.cfn.refactors.execute(stackRefactorId);
  await world.clock.advance(2000);
  expect(world.cfn.refactors.existing(stackRefactorId)).toMatchObject({
    executionStatus: 'EXECUTE_FAILED', executionStatusReason: expect.stringMatching(/cannot change the configuration/),
  });
  expect(Object.keys(world.cfn.describe('Stack').resources)).toEqual(['Old']);
});

test('a refactor refuses a resource that reads a pseudo parameter whose value would change', async () => {
  const world = new World();
  const topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'AWS::StackName' } } };
  const stay = { Type: 'AWS::SNS::Topic' };
  await world.create({ Stay: stay, Topic: topic });
  const { statusReason } = world.cfn.refactors.create({
    enableStackCreation: true,
    stackDefinitions: [
      { stackName: 'Stack', template: JSON.stringify({ Resources: { Stay: stay } }) },
      { stackName: 'Other', template: JSON.stringify({ Resources: { Topic: topic } }) },
    ],
  });
  expect(statusReason).toBe('A stack refactor cannot change the configuration of resources: [Topic] of stack Other.');
});

test.each(['Parameters', 'Conditions', 'Mappings'])('a refactor cannot add %s', async (section) => {
  const world = new World();
  const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
  await world.create(Resources);
  const added = { Parameters: { P: { Type: 'String', Default: 'x' } }, Conditions: { C: { 'Fn::Equals': ['a', 'b'] } }, Mappings: { M: { a: { b: 'c' } } } }[section];
  const { statusReason } = world.cfn.refactors.create({ stackDefinitions: [{ stackName: 'Stack', template: JSON.stringify({ Resources, [section]: added }) }] });
  expect(statusReason).toBe(`A stack refactor cannot change ${section} [Stack].`);
});
