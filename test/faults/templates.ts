import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack, Stage, Tags } from 'aws-cdk-lib';
import { unseeded } from './chance';
import { NotebookInstance, NotebookInstanceDesiredState, MlInstanceType } from '../../src';
import { RESOURCE_TYPE } from '../../src/contract';
import { type JobOptions, JOB_SCENARIOS } from '../deploy/kinds';

/** A job of a stack, as a schedule says it. */
export interface JobPlan {
  /** Index in `JOB_SCENARIOS`. */
  readonly kind: number;
  readonly options: JobOptions;
  /** It begins when the job in this slot has ended. */
  readonly after?: string;
  /** The ARN of the role that the job runs with. Default: the one that is created for it. */
  readonly role?: string;
  /** Environment variables of the job's containers; of training and tuning jobs only. */
  readonly environment?: { readonly [name: string]: string };
}

/** The jobs of a stack by their slots: `A`, `B` and so on. */
export interface StackPlan {
  readonly [slot: string]: JobPlan | undefined;
}

/** A notebook instance of a stack, with the state that it is held in. */
export interface NotebookPlan {
  readonly desiredState: 'IN_SERVICE' | 'STOPPED';
  readonly instanceType: string;
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [property: string]: unknown };
  readonly DependsOn?: string | string[];
}

interface Template {
  readonly Resources: { readonly [logicalId: string]: Resource };
  readonly Outputs?: object;
}

/** Stands for the variant in what was synthesized, which is the same for all. */
const ANY_VARIANT = 'any-variant';
const synthesized = new Map<string, string>();

/** Further inputs of the template of a stack. */
export interface TemplateOptions {
  /** Tags of the jobs. */
  readonly tags?: { readonly [key: string]: string };
  readonly notebook?: NotebookPlan;
  /** The stage of the app that the stack is in. Default: none. */
  readonly stage?: string;
}

/** The template of a stack with these jobs, and perhaps a notebook instance. */
export function templateOf(stackName: string, plan: StackPlan, { tags = {}, notebook, stage }: TemplateOptions = {}): Template {
  const jobs = Object.entries(plan).filter((entry): entry is [string, JobPlan] => entry[1] !== undefined);
  const parts = new Map(jobs.map(([slot, job]) => [slot, synthesizeJob(stackName, slot, job, tags, stage)]));
  const resources = [...parts].map(([slot, part]) => {
    const before = plan[slot]!.after;
    return before === undefined || !parts.has(before) ? part.Resources : behind(part.Resources, jobResources(parts.get(before)!));
  });
  return {
    Resources: Object.assign(
      {}, providerOf(stackName, stage), ...resources, notebook && synthesizeNotebook(stackName, notebook).Resources,
    ) as Template['Resources'],
    Outputs: Object.assign({}, ...[...parts.values()].map(({ Outputs }) => Outputs)) as object,
  };
}

/**
 * The function, the state machine and the history are there as long as the stack is: with the last job they would go, and
 * with them the record of what was handled, which a copy of an event that comes a quarter of an hour later would need.
 */
function providerOf(stackName: string, stage?: string): Template['Resources'] {
  const { Resources } = synthesizeJob(stackName, 'A', { kind: 0, options: {} }, {}, stage);
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('Custom::') || Type === RESOURCE_TYPE.jobHistory));
}

function synthesizeJob(stackName: string, slot: string, { kind, options, environment, role }: JobPlan, tags: object, stage?: string): Template {
  const { variant = 'first', ...others } = options;
  const text = synthesize(stackName, JSON.stringify([slot, kind, others, tags, stage]), stage, (stack) => {
    const { job, name, result } = JOB_SCENARIOS[kind].add(stack, idOf(slot, kind), { ...others, variant: ANY_VARIANT });
    for (const [tag, value] of Object.entries(tags)) Tags.of(job).add(tag, value);
    new CfnOutput(stack, `Name${slot}`, { value: name });
    if (others.waitForCompletion !== false) new CfnOutput(stack, `Result${slot}`, { value: result });
  });
  const template = JSON.parse(text.replaceAll(ANY_VARIANT, variant)) as Template;
  // A transform job has no role.
  if (role !== undefined) for (const request of requestsIn(template)) if ('RoleArn' in request) request.RoleArn = role;
  for (const request of requestsIn(template)) {
    if (environment && (request.HyperParameters ?? request.StaticHyperParameters)) request.Environment = environment;
  }
  return template;
}

/** The parts of the requests that say how jobs run. */
function requestsIn({ Resources }: Template): Record<string, unknown>[] {
  const requests = Object.values(Resources).flatMap(({ Properties }) => (Properties.Request ?? []) as Record<string, any>);
  return requests.map((request) => request.TrainingJobDefinition ?? request);
}

function synthesizeNotebook(stackName: string, { desiredState, instanceType }: NotebookPlan): Template {
  return JSON.parse(synthesize(stackName, JSON.stringify([desiredState, instanceType]), undefined, (stack) => {
    new NotebookInstance(stack, 'Notebook', {
      instanceType: MlInstanceType.of(instanceType),
      desiredState: NotebookInstanceDesiredState[desiredState],
    });
  })) as Template;
}

/** The text of the template of a stack with something in it. */
function synthesize(stackName: string, contents: string, stage: string | undefined, add: (stack: Stack) => void): string {
  const key = `${stackName} ${contents}`;
  const known = synthesized.get(key);
  if (known) return known;
  const text = unseeded(() => {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk.out-'));
    try {
      const app = new App({ analyticsReporting: false, outdir });
      const scope = stage === undefined ? app : new Stage(app, stage);
      add(new Stack(scope, stackName, { stackName, env: { region: 'eu-west-1', account: '111122223333' } }));
      const assembly = app.synth();
      return JSON.stringify((stage === undefined ? assembly : assembly.getNestedAssembly(`assembly-${stage}`)).getStackByName(stackName).template);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
  synthesized.set(key, text);
  return text;
}

/** CloudFormation changes the type of no resource, so each kind has ids of its own. */
function idOf(slot: string, kind: number): string {
  return `${JOB_SCENARIOS[kind].name}${slot}`;
}

function jobResources({ Resources }: Template): string[] {
  return Object.keys(Resources).filter((id) => isWork(Resources[id]));
}

/** The resource is a job, or a window of one. */
function isWork({ Type }: Resource): boolean {
  return Type.startsWith('Custom::') && Type !== RESOURCE_TYPE.jobHistory;
}

function behind(resources: Template['Resources'], before: string[]): Template['Resources'] {
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => {
    return [id, isWork(resource) ? { ...resource, DependsOn: [...[resource.DependsOn ?? []].flat(), ...before] } : resource];
  }));
}
