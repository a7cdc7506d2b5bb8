import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { live, LIVES, OUTCOMES, type Phase } from './lives';
import { NEEDED } from './needed-statements';
import type { UsedStatement } from './permission-log';
import { UNTOLD } from './untold';
import { LocalCloud } from '../../local/cloud';
import { GIVEN_RESOURCES } from '../fixtures/given-resources';
import { assemblyWithoutStatement, type PolicyStatement, policyStatementsOf, templateIn } from '../fixtures/policy-statements';
import { makeJobsQuick } from '../fixtures/quick-jobs';

const lives: { [name: string]: Awaited<ReturnType<typeof live>> } = {};
beforeAll(async () => {
  for (const [name, life] of Object.entries(LIVES)) lives[name] = await live(life);
}, 360_000);

const PHASES = Object.keys(OUTCOMES) as Phase[];
const firstOf = ({ actions, needed }: UsedStatement) => PHASES.find((phase) => actions.some((action) => needed[action] === phase));

function nameOf({ actions, about }: UsedStatement): string {
  const what = actions.length > 2 ? `${actions[0]} and ${actions.length - 1} more` : actions.join(', ');
  return about === '' ? what : `${what}: ${about}`;
}

/** By role and statement: the first phase that fails without the statement. */
function tableOf(statements: readonly UsedStatement[]): { [role: string]: { [statement: string]: string } } {
  const roles = [...new Set(statements.map(({ role }) => role))];
  return Object.fromEntries(roles.map((role) => [role, Object.fromEntries(statements
    .filter((statement) => statement.role === role)
    .map((statement) => [nameOf(statement), firstOf(statement) ?? '-']))]));
}

describe.each(Object.entries(LIVES))('%s', (name, { phases }) => {
  test('lives with the policies that were generated', () => {
    expect(lives[name].outcomes).toEqual(Object.fromEntries(phases.map((phase) => [phase, OUTCOMES[phase]])));
  });

  test('needs its statements, each for the first time in this phase', () => {
    expect(tableOf(lives[name].statements)).toEqual(NEEDED[name]);
  });
});

test('every action of every statement is needed by one of the stacks, or is listed with the reason why that cannot be seen here', () => {
  const all = Object.values(lives).flatMap(({ statements }) => statements)
    .flatMap(({ role, actions, about, needed }) => actions.map((action) => ({ is: `${role} ${action} ${about}`, needed: needed[action] !== undefined })));
  const needed = new Set(all.filter((permission) => permission.needed).map(({ is }) => is));
  const rest = [...new Set(all.map(({ is }) => is))].filter((permission) => !needed.has(permission));
  expect(rest.filter((permission) => !UNTOLD.some(({ what }) => what.test(permission)))).toEqual([]);
  expect(UNTOLD.filter(({ what }) => !rest.some((permission) => what.test(permission)))).toEqual([]);
});

describe('the first example, really deployed without a statement', () => {
  let directory: string;
  let assembly: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'without-'));
    const app = new App({ outdir: join(directory, 'cdk.out') });
    LIVES['training-job'].make(app, 'create');
    assembly = app.synth().directory;
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** What comes of the creation: the actions of which something went without, or `fails`. */
  async function creationWithout(statement: PolicyStatement, index: number): Promise<string | string[]> {
    const cloud = makeJobsQuick(await LocalCloud.start({ given: GIVEN_RESOURCES, region: 'eu-west-1', startAt: new Date('2026-01-01T00:00:00Z') }));
    const denied = new Set<string>();
    cloud.sagemaker.on('denied', ({ action }) => denied.add(action));
    try {
      const { status } = await cloud.deploy(assemblyWithoutStatement(assembly, 'Stack', statement, join(directory, `${index}`)), 'Stack');
      return status === 'CREATE_COMPLETE' ? [...denied] : 'fails';
    } finally {
      await cloud.stop();
    }
  }

  // What the provider's statements are for is seen in the same way in `test/local/iam/statements.test.ts`.
  test('goes as was worked out from what was asked', async () => {
    const statements = policyStatementsOf(templateIn(assembly, 'Stack')).filter(({ logicalId }) => !logicalId.startsWith('SageMakerJobProvider'));
    const results: { [actions: string]: string | string[] }[] = [];
    for (const [index, statement] of statements.entries()) results.push({ [statement.actions[0]]: await creationWithout(statement, index) });
    expect(results).toEqual([
      { 'ecr:BatchCheckLayerAvailability': 'fails' },
      { 'ecr:GetAuthorizationToken': 'fails' },
      { 's3:GetObject': 'fails' },
      { 's3:ListBucket': 'fails' },
      { 's3:GetObject': 'fails' },
      { 's3:ListBucket': 'fails' },
      { 's3:PutObject': 'fails' },
      { 's3:GetObject': 'fails' },
      { 's3:ListBucket': 'fails' },
      { 's3:PutObject': 'fails' },
      { 'logs:CreateLogGroup': ['logs:CreateLogGroup', 'logs:DescribeLogStreams', 'logs:CreateLogStream', 'logs:PutLogEvents'] },
      { 'cloudwatch:PutMetricData': ['cloudwatch:PutMetricData'] },
      { 's3:GetObject': 'fails' },
      { 's3:ListBucket': [] },
      { 'ecr:BatchCheckLayerAvailability': 'fails' },
      { 'ecr:GetAuthorizationToken': 'fails' },
    ]);
  }, 360_000);
});
