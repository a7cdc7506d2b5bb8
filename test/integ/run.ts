import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { preflight } from './preflight';
import { SCENARIOS } from './scenarios';
import { SHELL_BEHAVIOR } from './shell-job';
import { Stage, STACK_PREFIX } from './stage';
import { LocalServer } from '../local/server/local-server';

const USAGE = `npx projen integ [options]

Runs the scenarios in test/integ in the account and Region of the environment.

  --local          run the scenarios in a local cloud, at no cost
  --yes            run the scenarios at any cost
  --max-usd N      run the scenarios if their expected cost is at most N USD (default: 0)
  --only NAME      run one scenario (${SCENARIOS.map(({ name }) => name).join(', ')}); can be repeated
  --clean-up       delete the stacks of earlier runs, and run no scenario
  --help`;

/** The number of virtual seconds of the local cloud in one second. */
const LOCAL_SPEED = 600;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'local': { type: 'boolean', default: false },
      'yes': { type: 'boolean', default: false },
      'max-usd': { type: 'string', default: '0' },
      'only': { type: 'string', multiple: true, default: [] },
      'clean-up': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const unknown = values.only.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) throw new Error(`unknown scenario '${unknown[0]}'; available: ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  const server = values.local ? await LocalServer.start({ behavior: SHELL_BEHAVIOR }, '--speed', String(LOCAL_SPEED)) : undefined;
  try {
    if (server) Object.assign(process.env, server.environment, { AWS_PROFILE: '', AWS_SESSION_TOKEN: '' });
    if (values['clean-up']) return await cleanUp();
    const scenarios = SCENARIOS.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
    return await run(scenarios, { isLocal: values.local, isAccepted: (usd) => values.local || values.yes || usd <= Number(values['max-usd']) });
  } finally {
    await server?.stop();
  }
}

interface RunOptions {
  readonly isLocal: boolean;
  readonly isAccepted: (usd: number) => boolean;
}

async function run(scenarios: typeof SCENARIOS, { isAccepted, isLocal }: RunOptions): Promise<number> {
  const region = await new CloudFormationClient({}).config.region();
  const { account, missing, unknown, usd } = await preflight(scenarios, region);
  console.log(`Account ${account}, Region ${region}: ${scenarios.length} scenarios, about ${usd.toFixed(2)} USD.`);
  unknown.forEach((problem) => console.log(`Could not be checked: ${problem}`));
  if (missing.length > 0) {
    missing.forEach((problem) => console.log(`Missing: ${problem}`));
    return 1;
  }
  if (!isAccepted(usd)) {
    console.log('No scenario was started. To accept the cost, pass --yes or --max-usd.');
    return 1;
  }
  const id = randomBytes(3).toString('hex');
  const settled: string[] = [];
  let failures = 0;
  for (const scenario of scenarios) {
    if (await play(scenario, id, isLocal ? LOCAL_SPEED : 1)) settled.push(...scenario.settles);
    else failures++;
    if (interrupted) break;
  }
  const rows = settled.length > 0 ? settled.join(', ') : 'none';
  console.log(isLocal ? `\nIn an account, these rows of docs/assumptions.md would be settled: ${rows}` : `\nSettled rows of docs/assumptions.md: ${rows}`);
  return failures > 0 || interrupted ? 1 : 0;
}

let interrupted = false;

/** Runs a scenario, and deletes its stack whatever happens. */
async function play(scenario: typeof SCENARIOS[number], id: string, speed: number): Promise<boolean> {
  const stage = new Stage(scenario.name, id, speed);
  console.log(`\n${scenario.name}: ${stage.stackName}`);
  const started = Date.now();
  let stop: () => void = () => {};
  const stopped = new Promise<never>((_, fail) => {
    stop = () => {
      interrupted = true;
      fail(new Error('Interrupted. The stack is being deleted. Interrupt again to exit and keep the stack.'));
    };
  });
  process.once('SIGINT', stop);
  try {
    await Promise.race([scenario.run(stage), stopped]);
    console.log(`${scenario.name}: passed in ${Math.round((Date.now() - started) / 1000)} s`);
    return true;
  } catch (error) {
    console.log(`${scenario.name}: failed: ${error instanceof Error ? error.stack : String(error)}`);
    await stage.clean().catch((left: Error) => console.log(left.message));
    return false;
  } finally {
    process.off('SIGINT', stop);
    stage.close();
  }
}

/** Deletes the stacks of earlier runs. */
async function cleanUp(): Promise<number> {
  const client = new CloudFormationClient({});
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStacksCommand({ NextToken }));
    names.push(...(page.Stacks ?? []).map(({ StackName }) => StackName!).filter((name) => name.startsWith(STACK_PREFIX)));
    NextToken = page.NextToken;
  } while (NextToken);
  for (const name of names) {
    const [, scenario, id] = /^SageMakerJobsInteg-(.+)-([0-9a-f]+)$/.exec(name) ?? [];
    if (id === undefined) continue;
    const stage = new Stage(scenario, id);
    console.log(`Deleting ${name}`);
    await stage.clean();
    stage.close();
  }
  console.log(`Found ${names.length} stacks of earlier runs.`);
  return 0;
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
