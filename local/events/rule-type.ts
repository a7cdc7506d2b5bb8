import type { EventBridge } from './event-bridge';
import type { RuleTarget } from './event-rule';
import type { NativeType } from '../cloudformation';
import type { JsonObject } from '../json';

interface RuleProperties {
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: JsonObject | string;
  readonly RoleArn?: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Targets?: readonly RuleTarget[];
}

/** AWS::Events::Rule, which creates rules in EventBridge. */
export function ruleType(type: NativeType, events: EventBridge): NativeType {
  return {
    ...type,
    isForgotten: true,
    put({ physicalId, properties }) {
      const {
        EventBusName: bus, EventPattern: pattern, Targets: targets = [], Description, RoleArn, ScheduleExpression,
        State,
      } = properties as unknown as RuleProperties;
      if (bus !== undefined && bus !== 'default') throw new Error(`Event bus ${bus} does not exist.`);
      const rule = events.putRule(physicalId, {
        ...pattern !== undefined && { EventPattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern) },
        ...ScheduleExpression !== undefined && { ScheduleExpression },
        ...State !== undefined && { State },
        ...Description !== undefined && { Description },
        ...RoleArn !== undefined && { RoleArn },
      });
      rule.targets.clear();
      rule.putTargets(targets);
    },
    remove({ physicalId }) {
      if (!events.has(physicalId)) return;
      events.rule(physicalId).targets.clear();
      events.deleteRule(physicalId);
    },
  };
}
