import { type EventFilter, readEventPattern } from './event-pattern';
import type { TargetInput } from './target-input';
import { ServiceError, validationError } from '../api/service-error';
import type { JsonObject } from '../json';

/** The destination of events that a rule matches. */
export interface RuleTarget extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

export interface RuleSettings {
  readonly EventPattern?: string;
  /** The schedule of a rule. Schedules have no effect. */
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
}

const MAX_TARGETS = 5;

/** A rule of the default bus. */
export class EventRule {
  readonly targets = new Map<string, RuleTarget>();
  private settings!: RuleSettings;
  private filter?: EventFilter;

  constructor(readonly name: string, readonly arn: string, settings: RuleSettings) {
    this.put(settings);
  }

  /** Replaces all settings and keeps the targets. */
  put(settings: RuleSettings): void {
    const { EventPattern: pattern, ScheduleExpression: schedule } = settings;
    if (pattern === undefined && schedule === undefined) throw validationError('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    if (schedule !== undefined && !/^(rate|cron)\(.+\)$/.test(schedule)) throw validationError('Parameter ScheduleExpression is not valid.');
    this.filter = pattern === undefined ? undefined : readEventPattern(pattern);
    this.settings = { State: 'ENABLED', ...settings };
  }

  enable(isEnabled: boolean): void {
    this.settings = { ...this.settings, State: isEnabled ? 'ENABLED' : 'DISABLED' };
  }

  matches(event: JsonObject): boolean {
    return this.settings.State !== 'DISABLED' && (this.filter?.(event) ?? false);
  }

  putTargets(targets: readonly RuleTarget[]): void {
    if (new Set([...this.targets.keys(), ...targets.map(({ Id }) => Id)]).size > MAX_TARGETS) {
      throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    for (const target of targets) {
      if ([target.Input, target.InputPath, target.InputTransformer].filter((input) => input !== undefined).length > 1) {
        throw validationError(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
      }
    }
    for (const target of targets) this.targets.set(target.Id, target);
  }

  describe(): JsonObject {
    return { Name: this.name, Arn: this.arn, ...this.settings, EventBusName: 'default' } as JsonObject;
  }
}
