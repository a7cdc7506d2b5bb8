import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readEventPattern } from './event-pattern';
import { EventRule, type RuleSettings, type RuleTarget } from './event-rule';
import { EVENTS_MODEL } from './events-model';
import { inputFor } from './target-input';
import { page } from '../api/page';
import type { Service } from '../api/service';
import { ServiceError, validationError } from '../api/service-error';
import type { Clock } from '../clock';
import { fraction } from '../fraction';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

export interface EventBridgeOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** Delivers an event to a target, or throws an error. */
  readonly deliver: (target: RuleTarget, ruleArn: string, input: Json) => void;
}

/** An event from a service or an application. */
export interface SentEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  readonly time: Date;
}

/** An event that could not be delivered to a target. */
export interface Undelivered {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly event: JsonObject;
  readonly reason: string;
}

interface Bus {
  readonly EventBusName?: string;
}

interface Paged {
  readonly NextToken?: string;
  readonly Limit?: number;
}

interface Entry extends Bus {
  readonly Time?: number;
  readonly Source?: string;
  readonly Resources?: readonly string[];
  readonly DetailType?: string;
  readonly Detail?: string;
}

const MAX_RULES = 300;
const MAX_ENTRIES_BYTES = 256 * 1024;
const PAGE = 100;
/** The minimum delay of a delivery, and the maximum addition, in milliseconds. Two events may change their order. */
const DELIVERY = { least: 200, more: 1800 };

/** EventBridge of an account and Region: its default bus and the rules. */
export class EventBridge extends EventEmitter<{ event: [JsonObject]; undelivered: [Undelivered] }> implements Service {
  readonly name = 'events';
  readonly targetPrefix = 'AWSEvents';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = EVENTS_MODEL;
  readonly operations: Service['operations'] = {
    PutRule: ({ Name, EventBusName, Tags: _, ...settings }: { Name: string; Tags?: Json } & Bus & RuleSettings) => {
      checkBus(EventBusName);
      return { RuleArn: this.putRule(Name, settings).arn };
    },
    DeleteRule: ({ Name, EventBusName }: { Name: string } & Bus) => {
      checkBus(EventBusName);
      this.deleteRule(Name);
    },
    DescribeRule: (input: { Name: string } & Bus) => this.rule(input.Name, input).describe(),
    EnableRule: (input: { Name: string } & Bus) => this.rule(input.Name, input).enable(true),
    DisableRule: (input: { Name: string } & Bus) => this.rule(input.Name, input).enable(false),
    ListRules: (input: { NamePrefix?: string } & Bus & Paged) => this.listRules(input),
    ListRuleNamesByTarget: (input: { TargetArn: string } & Bus & Paged) => this.listRuleNames(input),
    PutTargets: ({ Rule, Targets, ...bus }: { Rule: string; Targets: RuleTarget[] } & Bus) => {
      this.rule(Rule, bus).putTargets(Targets);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: ({ Rule, Ids, ...bus }: { Rule: string; Ids: string[] } & Bus) => this.removeTargets(this.rule(Rule, bus), Ids),
    ListTargetsByRule: (input: { Rule: string } & Bus & Paged) => listed('Targets', [...this.rule(input.Rule, input).targets.values()], input),
    PutEvents: ({ Entries }: { Entries: Entry[] }) => this.putEvents(Entries),
    TestEventPattern: ({
      EventPattern,
      Event,
    }: { EventPattern: string; Event: string }) => ({ Result: readEventPattern(EventPattern)(readEvent(Event)) }),
    DescribeEventBus: ({ Name }: { Name?: string }) => {
      checkBus(Name);
      return this.describeBus();
    },
    ListEventBuses: (input: { NamePrefix?: string } & Paged) => listed('EventBuses', 'default'.startsWith(input.NamePrefix ?? '') ? [this.describeBus()] : [], input),
  };

  private readonly rules = new Map<string, EventRule>();
  private deliveries = 0;

  constructor(private readonly options: EventBridgeOptions) {
    super();
  }

  ruleArn(name: string): string {
    return `arn:aws:events:${this.options.region}:${this.options.account}:rule/${name}`;
  }

  /** Creates or changes a rule. */
  putRule(name: string, settings: RuleSettings): EventRule {
    const existing = this.rules.get(name);
    if (existing) {
      existing.put(settings);
      return existing;
    }
    if (this.rules.size >= MAX_RULES) throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    const rule = new EventRule(name, this.ruleArn(name), settings);
    this.rules.set(name, rule);
    return rule;
  }

  /** Deleting a rule that does not exist has no effect. */
  deleteRule(name: string): void {
    if ((this.rules.get(name)?.targets.size ?? 0) > 0) throw validationError("Rule can't be deleted since it has targets.");
    this.rules.delete(name);
  }

  rule(name: string, { EventBusName: bus }: Bus = {}): EventRule {
    checkBus(bus);
    const rule = this.rules.get(name);
    if (!rule) throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
    return rule;
  }

  has(name: string): boolean {
    return this.rules.has(name);
  }

  /** Sends an event to the default bus. Matching rules deliver it after a delay, best effort. */
  send({ source, detailType, resources, detail, time }: SentEvent): string {
    const { region, account } = this.options;
    const event: JsonObject = {
      'version': '0', 'id': randomUUID(), 'detail-type': detailType, source, account, 'time': `${time.toISOString().slice(0, 19)}Z`, region, 'resources': [...resources], detail,
    };
    this.emit('event', event);
    for (const rule of this.rules.values()) {
      if (rule.matches(event)) rule.targets.forEach((target) => void this.deliver(rule, target, event));
    }
    return String(event.id);
  }

  private async deliver({ name: ruleName, arn: ruleArn }: EventRule, target: RuleTarget, event: JsonObject): Promise<void> {
    const { clock, deliver } = this.options;
    const ingestionTime = new Date(clock.now()).toISOString();
    await clock.sleep(Math.round(DELIVERY.least + DELIVERY.more * fraction(`delivery/${this.deliveries++}`)));
    try {
      deliver(target, ruleArn, inputFor(target, event, { ruleArn, ruleName, ingestionTime }));
    } catch (error) {
      this.emit('undelivered', { ruleArn, targetArn: target.Arn, event, reason: (error as Error).message });
    }
  }

  private removeTargets(rule: EventRule, ids: readonly string[]) {
    const failed = ids.filter((id) => !rule.targets.delete(id)).map((id) => ({
      TargetId: id, ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Target ${id} does not exist on rule ${rule.name}.`,
    }));
    return { FailedEntryCount: failed.length, FailedEntries: failed };
  }

  private listRules(input: { readonly NamePrefix?: string } & Bus & Paged) {
    checkBus(input.EventBusName);
    return listed('Rules', this.sorted().filter(({ name }) => name.startsWith(input.NamePrefix ?? '')).map((rule) => rule.describe()), input);
  }

  private listRuleNames(input: { readonly TargetArn: string } & Bus & Paged) {
    checkBus(input.EventBusName);
    const rules = this.sorted().filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === input.TargetArn));
    return listed('RuleNames', rules.map(({ name }) => name), input);
  }

  private sorted(): EventRule[] {
    return [...this.rules.values()].sort((one, other) => one.name < other.name ? -1 : 1);
  }

  private putEvents(entries: readonly Entry[]) {
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_ENTRIES_BYTES) {
      throw validationError(`Total size of the entries in the request is over the limit of ${MAX_ENTRIES_BYTES} bytes.`);
    }
    const results = entries.map((entry) => this.putEvent(entry));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  private putEvent({
    Source: source, DetailType: detailType, Detail: detail, Resources: resources = [], Time: time,
    EventBusName: bus,
  }: Entry): JsonObject {
    const failed = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
    if (!isDefault(bus)) return failed('InvalidArgument', `Event bus ${bus} does not exist.`);
    for (const [name, value] of Object.entries({ Source: source, DetailType: detailType, Detail: detail })) {
      if (!value) return failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
    }
    if (source!.startsWith('aws.')) return failed('NotAuthorizedForSource', 'Not authorized for the source.');
    let parsed: Json;
    try {
      parsed = JSON.parse(detail!) as Json;
    } catch {
      return failed('MalformedDetail', 'Detail is malformed.');
    }
    if (!isObject(parsed)) return failed('MalformedDetail', 'Detail is malformed.');
    const sentAt = new Date(time === undefined ? this.options.clock.now() : time * 1000);
    return { EventId: this.send({ source: source!, detailType: detailType!, resources, detail: parsed, time: sentAt }) };
  }

  private describeBus(): JsonObject {
    const { region, account } = this.options;
    return { Name: 'default', Arn: `arn:aws:events:${region}:${account}:event-bus/default` };
  }
}

function isDefault(bus = 'default'): boolean {
  return bus === 'default' || /^arn:[^:]*:events:[^:]*:[^:]*:event-bus\/default$/.test(bus);
}

function checkBus(bus?: string): void {
  if (!isDefault(bus)) throw new ServiceError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
}

/** The size of an entry: Amazon EventBridge User Guide, Calculating PutEvents event entry size. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  return (Time === undefined ? 0 : 14) + [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function readEvent(text: string): JsonObject {
  const needed = ['id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'];
  try {
    const event = JSON.parse(text) as Json;
    if (isObject(event) && needed.every((member) => Object.hasOwn(event, member))) return event;
  } catch {
    // Invalid JSON throws the error below.
  }
  throw validationError('Parameter Event is not valid.');
}

function listed(member: string, items: readonly unknown[], { Limit: limit = PAGE, NextToken: token }: Paged): JsonObject {
  const { items: shown, nextToken } = page(items, limit, token);
  return { [member]: shown as Json[], ...nextToken !== undefined && { NextToken: nextToken } } as JsonObject;
}
