import { App, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { type JobOptions, KINDS } from '../deploy/kinds';

/** A job of a stack, as a schedule says it. */
export interface JobPlan {
  /** Index in `KINDS`. */
  readonly kind: number;
  readonly options: JobOptions;
  /** It begins when the job in this slot has ended. */
  readonly after?: string;
}

/** The jobs of a stack by their slots: `A`, `B` and so on. */
export interface StackPlan {
  readonly [slot: string]: JobPlan | undefined;
}

interface Template {
  readonly Resources: { readonly [logicalId: string]: { readonly Type: string; readonly DependsOn?: string | string[] } };
  readonly Outputs?: object;
}

const synthesized = new Map<string, Template>();

/** The template of a stack with these jobs. Each job is synthesized once in a process. */
export function templateOf(stackName: string, plan: StackPlan, tags: { readonly [key: string]: string } = {}): Template {
  const jobs = Object.entries(plan).filter((entry): entry is [string, JobPlan] => entry[1] !== undefined);
  const parts = new Map(jobs.map(([slot, job]) => [slot, synthesize(stackName, slot, job, tags)]));
  const resources = [...parts].map(([slot, part]) => {
    const before = plan[slot]!.after;
    return before === undefined || !parts.has(before) ? part.Resources : behind(part.Resources, jobResources(parts.get(before)!));
  });
  return {
    Resources: Object.assign({}, providerOf(stackName), ...resources) as Template['Resources'],
    Outputs: Object.assign({}, ...[...parts.values()].map(({ Outputs }) => Outputs)) as object,
  };
}

/**
 * The function and the state machine are there as long as the stack is: with the last job they would go, and with them
 * the record of what was handled, which a copy of an event that comes a quarter of an hour later would need.
 */
function providerOf(stackName: string): Template['Resources'] {
  const { Resources } = synthesize(stackName, 'A', { kind: 0, options: {} }, {});
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('Custom::')));
}

function synthesize(stackName: string, slot: string, { kind, options }: JobPlan, tags: object): Template {
  const key = JSON.stringify([stackName, slot, kind, options, tags]);
  const known = synthesized.get(key);
  if (known) return known;
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, stackName, { env: { region: 'eu-west-1', account: '111122223333' } });
  const { job, name, result } = KINDS[kind].add(stack, idOf(slot, kind), options);
  for (const [tag, value] of Object.entries(tags)) Tags.of(job).add(tag, value);
  new CfnOutput(stack, `Name${slot}`, { value: name });
  if (options.waitForCompletion !== false) new CfnOutput(stack, `Result${slot}`, { value: result });
  const { template } = app.synth().getStackByName(stackName) as { template: Template };
  synthesized.set(key, template);
  return template;
}

/** CloudFormation changes the type of no resource, so each kind has ids of its own. */
function idOf(slot: string, kind: number): string {
  return `${KINDS[kind].name}${slot}`;
}

function jobResources({ Resources }: Template): string[] {
  return Object.keys(Resources).filter((id) => Resources[id].Type.startsWith('Custom::'));
}

function behind(resources: Template['Resources'], before: string[]): Template['Resources'] {
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => {
    return [id, resource.Type.startsWith('Custom::') ? { ...resource, DependsOn: [...[resource.DependsOn ?? []].flat(), ...before] } : resource];
  }));
}
