import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
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

/** The template of a stack with these jobs, and perhaps a notebook instance. */
export function templateOf(stackName: string, plan: StackPlan, tags: { readonly [key: string]: string } = {}, notebook?: NotebookPlan): Template {
  const jobs = Object.entries(plan).filter((entry): entry is [string, JobPlan] => entry[1] !== undefined);
  const parts = new Map(jobs.map(([slot, job]) => [slot, synthesizeJob(stackName, slot, job, tags)]));
  const resources = [...parts].map(([slot, part]) => {
    const before = plan[slot]!.after;
    return before === undefined || !parts.has(before) ? part.Resources : behind(part.Resources, jobResources(parts.get(before)!));
  });
  return {
    Resources: Object.assign({}, providerOf(stackName), ...resources, notebook && synthesizeNotebook(stackName, notebook).Resources) as Template['Resources'],
    Outputs: Object.assign({}, ...[...parts.values()].map(({ Outputs }) => Outputs)) as object,
  };
}

/**
 * The function, the state machine and the history are there as long as the stack is: with the last job they would go, and
 * with them the record of what was handled, which a copy of an event that comes a quarter of an hour later would need.
 */
function providerOf(stackName: string): Template['Resources'] {
  const { Resources } = synthesizeJob(stackName, 'A', { kind: 0, options: {} }, {});
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('Custom::') || Type === RESOURCE_TYPE.jobHistory));
}

function synthesizeJob(stackName: string, slot: string, { kind, options, environment }: JobPlan, tags: object): Template {
  const { variant = 'first', ...others } = options;
  const text = synthesize(stackName, JSON.stringify([slot, kind, others, tags]), (stack) => {
    const { job, name, result } = JOB_SCENARIOS[kind].add(stack, idOf(slot, kind), { ...others, variant: ANY_VARIANT });
    for (const [tag, value] of Object.entries(tags)) Tags.of(job).add(tag, value);
    new CfnOutput(stack, `Name${slot}`, { value: name });
    if (others.waitForCompletion !== false) new CfnOutput(stack, `Result${slot}`, { value: result });
  });
  const template = JSON.parse(text.replaceAll(ANY_VARIANT, variant)) as Template;
  return environment ? withEnvironment(template, environment) : template;
}

function synthesizeNotebook(stackName: string, { desiredState, instanceType }: NotebookPlan): Template {
  return JSON.parse(synthesize(stackName, JSON.stringify([desiredState, instanceType]), (stack) => {
    new NotebookInstance(stack, 'Notebook', {
      instanceType: MlInstanceType.of(instanceType),
      desiredState: NotebookInstanceDesiredState[desiredState],
    });
  })) as Template;
}

/** The text of the template of a stack with something in it. */
function synthesize(stackName: string, contents: string, add: (stack: Stack) => void): string {
  const key = `${stackName} ${contents}`;
  const known = synthesized.get(key);
  if (known) return known;
  const text = unseeded(() => {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk.out-'));
    try {
      const app = new App({ analyticsReporting: false, outdir });
      add(new Stack(app, stackName, { env: { region: 'eu-west-1', account: '111122223333' } }));
      return JSON.stringify(app.synth().getStackByName(stackName).template);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
  synthesized.set(key, text);
  return text;
}

function withEnvironment(template: Template, environment: object): Template {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const request = Properties.Request as { TrainingJobDefinition: object };
    if (Type === RESOURCE_TYPE.trainingJob) Object.assign(request, { Environment: environment });
    if (Type === RESOURCE_TYPE.hyperParameterTuningJob) Object.assign(request.TrainingJobDefinition, { Environment: environment });
  }
  return template;
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
