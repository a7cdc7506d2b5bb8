import type { Json } from '../services';
import { invalid } from './cloudformation-error';
import { evaluate, resolve, type Scope } from './intrinsics';

/** A rule as a template has it. */
export interface Rule {
  readonly RuleCondition?: Json;
  readonly Assertions: { readonly Assert: Json; readonly AssertDescription?: string }[];
}

/** Refuses parameters that break a rule of their template. */
export function checkRules(rules: { readonly [name: string]: Rule }, scope: Scope): void {
  const holds = (condition: Json) => evaluate(condition, scope, (name, operands) => {
    const values = () => operands.map(operand => resolve(operand, scope) as string[]);
    switch (name) {
      case 'Fn::Contains': {
        const [list, value] = values();
        return list.map(String).includes(String(value));
      }
      case 'Fn::EachMemberEquals': {
        const [list, value] = values();
        return list.every(member => member === String(value));
      }
      case 'Fn::EachMemberIn': {
        const [list, allowed] = values();
        return list.every(member => allowed.includes(member));
      }
    }
    return undefined;
  });
  for (const [name, { RuleCondition, Assertions }] of Object.entries(rules)) {
    if (RuleCondition !== undefined && !holds(RuleCondition)) continue;
    for (const { Assert, AssertDescription = '' } of Assertions) {
      if (!holds(Assert)) throw invalid(`Template error: Rule ${name} failed: ${AssertDescription}`);
    }
  }
}
