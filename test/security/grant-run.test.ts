import { CfnOutput } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { authorizeCalls } from '../../local/iam';
import { keepsRecords, type Kind, JOB_SCENARIOS } from '../deploy/kinds';
import { World } from '../deploy/world';

const STACK_TAG = 'cdk-sagemaker-jobs:stack-id';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

/** Deploys a job that a role may run, and another one; from then on calls are made with that role. */
async function asRunnerOf(kind: Kind) {
  const { outputs, stackId } = await world.deploy((stack) => {
    const runner = new iam.Role(stack, 'Runner', { assumedBy: new iam.AccountRootPrincipal() });
    const { job } = kind.add(stack, 'Job');
    (job as unknown as { grantRun(grantee: iam.IGrantable): void }).grantRun(runner);
    kind.add(stack, 'Other', { variant: 'other' });
    new CfnOutput(stack, 'RoleArn', { value: runner.roleArn });
  });
  const [own, other] = ['stack-job', 'stack-other'].map((prefix) => {
    const { Tags: _tags, ...request } = world.requests(kind.operation('Create')).find((input) => input[kind.nameMember].startsWith(prefix));
    return request;
  });
  const { cloud } = world;
  const session = { roleArn: outputs.RoleArn, sessionName: 'runner' };
  cloud.hooks.authorize = authorizeCalls({
    iam: cloud.iam,
    region: cloud.region,
    account: cloud.account,
    sagemaker: cloud.sagemaker,
    principalOf: () => ({ account: cloud.account, arn: '', session, isOpenedByAdministrator: false }),
  });
  const named = (request: any, name: string) => ({ ...request, [kind.nameMember]: name });
  return {
    stackId,
    own,
    other,
    create: (request: any, name: string, ...Tags: object[]) => world.call(kind.operation('Create'), { ...named(request, name), ...Tags.length > 0 && { Tags } }),
    call: (verb: 'Describe' | 'Stop' | 'Delete', name: string) => world.call(kind.operation(verb), { [kind.nameMember]: name }),
    arnOf: async (name: string) => (await world.call(kind.operation('Describe'), { [kind.nameMember]: name }))[`${kind.name}Arn`] as string,
  };
}

const MINE = 'stack-job-01234567890123';

describe.each(JOB_SCENARIOS)('who may run a $name of a stack', (kind) => {
  test('starts one himself, with tags of his own, looks at it and stops it', async () => {
    const { own, create, call } = await asRunnerOf(kind);

    await create(own, MINE, { Key: 'team', Value: 'churn' });
    await call('Stop', MINE);
    expect(await call('Describe', MINE)).toMatchObject({ [`${kind.name}Status`]: expect.stringMatching(/^stopping$/i) });
  });

  test('starts no other one, and not with the role of another one', async () => {
    const { own, other, create } = await asRunnerOf(kind);

    await expect(create(own, 'stack-other-01234567890123')).rejects.toThrow(`is not authorized to perform: sagemaker:Create${kind.name}`);
    // Nobody passes a role to a transform job.
    if (kind.name !== 'TransformJob') await expect(create(other, MINE)).rejects.toThrow('is not authorized to perform: iam:PassRole');
  });

  test('cannot have a job of his taken for one of the stack', async () => {
    const { own, stackId, arnOf, create } = await asRunnerOf(kind);

    await expect(create(own, MINE, { Key: STACK_TAG, Value: stackId })).rejects.toThrow(`is not authorized to perform: sagemaker:Create${kind.name}`);
    await create(own, MINE);
    const ResourceArn = await arnOf(MINE);
    await expect(world.call('AddTags', { ResourceArn, Tags: [{ Key: STACK_TAG, Value: stackId }] })).rejects.toThrow('is not authorized to perform: sagemaker:AddTags');
  });

  test('deletes none, and takes no tag from those of the stack', async () => {
    const { own, arnOf, call } = await asRunnerOf(kind);

    const name = own[kind.nameMember];
    if (!keepsRecords(kind)) await expect(call('Delete', name)).rejects.toThrow(`is not authorized to perform: sagemaker:Delete${kind.name}`);
    await expect(world.call('DeleteTags', { ResourceArn: await arnOf(name), TagKeys: [STACK_TAG] })).rejects.toThrow('is not authorized to perform: sagemaker:DeleteTags');
  });
});
