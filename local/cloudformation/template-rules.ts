import type { Json } from '../services';
import { invalid } from './cloudformation-error';
import { evaluate, resolve, type Scope } from './intrinsics';

/** A rule of a template. */
export interface Rule {
  readonly RuleCondition?: Json;
  readonly Assertions: { readonly Assert: Json; readonly AssertDescription?: string }[];
}

/** Rejects parameters that violate a rule of their template. */
export function checkRules(rules: { readonly [name: string]: Rule }, scope: Scope): void {
  const isTrue = (condition: Json) => evaluate(condition, scope, (name, operands) => {
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
    if (RuleCondition !== undefined && !isTrue(RuleCondition)) continue;
    for (const { Assert, AssertDescription = '' } of Assertions) {
      if (!isTrue(Assert)) throw invalid(`Template error: Rule ${name} failed: ${AssertDescription}`);
    }
  }
}
