import { type Constraint, constraintsOf, isOfType, typeRule } from './constraints';
import { SHAPES } from './model';
import { OPEN_VALUES, unknownValueId } from './open-values';
import type { Finding, Path, Rule, Structure } from './rule';
import { RULES } from './rules';
import type { Shape } from './shape';
import { isToken } from './token';

/** Something that is wrong with a request. */
export interface RequestFinding {
  /** The member at fault, from the request. */
  readonly path: Path;
  /** The structure whose members the words of the rule name. */
  readonly structure: Path;
  readonly rule: string;
  readonly value?: unknown;
  /** The size of the value is what is wrong. */
  readonly ofSize?: boolean;
  /** The value is a key of the map at the path. */
  readonly ofKey?: boolean;
  readonly advice?: string;
  /** It may be right: what the warning is acknowledged by. */
  readonly warning?: string;
}

/** Checks a request against the model of the API and all rules; tokens pass, wherever they stand. */
export function findingsIn(shapeName: string, request: Structure): RequestFinding[] {
  const walk = new Walk();
  walk.visit(shapeName, request);
  return walk.findings;
}

class Walk {
  readonly findings: RequestFinding[] = [];
  private readonly path: (string | number)[] = [];

  visit(shapeName: string, value: unknown): void {
    if (value === undefined || isToken(value)) return;
    const checked = checkedShape(shapeName);
    const { constraints, shape, values } = checked;
    if (!isOfType(shape, value)) {
      this.report(typeRule(shape), { value });
      return;
    }
    for (const constraint of constraints) {
      if (!constraint.holds(value)) this.report(constraint.rule, { value, ofSize: constraint.ofSize });
    }
    if (values && !values.has(value as string)) this.reportUnknownValue(shapeName, shape.enum!, value);
    switch (shape.type) {
      case 'structure': return this.visitStructure(checked, value as Structure);
      case 'list': return (value as unknown[]).forEach((item, index) => this.visitAt(index, shape.member!, item));
      case 'map': return this.visitMap(shape, value as Structure);
    }
  }

  private visitStructure({ rules, shape: { members = {}, required = [] } }: CheckedShape, structure: Structure): void {
    for (const member of required) {
      if (structure[member] === undefined) this.at(member, () => this.report('must be given'));
    }
    for (const member of Object.keys(structure)) {
      if (structure[member] === undefined) continue;
      if (members[member] === undefined) this.at(member, () => this.report('is no member that this version knows'));
      else this.visitAt(member, members[member], structure[member]);
    }
    for (const rule of rules) {
      for (const finding of rule.check(structure)) this.reportFinding(rule, finding, structure);
    }
  }

  private visitMap({ key: keyShape, value: valueShape }: Shape, map: Structure): void {
    for (const key of Object.keys(map)) {
      if (!isToken(key)) this.visitKey(checkedShape(keyShape!), key);
      this.visitAt(key, valueShape!, map[key]);
    }
  }

  private visitKey({ constraints }: CheckedShape, value: string): void {
    for (const { holds, ofSize, rule } of constraints) {
      if (!holds(value)) this.report(`keys ${rule}`, { value, ofSize, ofKey: true });
    }
  }

  private visitAt(step: string | number, shapeName: string, value: unknown): void {
    this.path.push(step);
    this.visit(shapeName, value);
    this.path.pop();
  }

  private at(step: string, action: () => void): void {
    this.path.push(step);
    action();
    this.path.pop();
  }

  private report(rule: string, what: Pick<RequestFinding, 'advice' | 'ofKey' | 'ofSize' | 'value' | 'warning'> = {}): void {
    const path = [...this.path];
    this.findings.push({ path, structure: path, rule, ...what });
  }

  private reportUnknownValue(shapeName: string, values: readonly string[], value: unknown): void {
    const className = OPEN_VALUES[shapeName];
    if (className === undefined) {
      this.report(`must be one of ${values.join(', ')}`, { value });
    } else {
      this.report(`is no value of ${className} that this version knows`, {
        value, advice: 'acknowledge the warning if the service takes it', warning: unknownValueId(className),
      });
    }
  }

  private reportFinding({ advice, id, level, rule: words }: Rule, { path, rule = words, value }: Finding, structure: Structure): void {
    const given = value ?? path.reduce<any>((part, step) => part?.[step], structure);
    this.findings.push({
      path: [...this.path, ...path], structure: [...this.path], rule, value: given, advice, warning: level === 'warning' ? id : undefined,
    });
  }
}

/** A shape with all that is asked of its values, made when the first of them is checked. */
interface CheckedShape {
  readonly shape: Shape;
  readonly constraints: readonly Constraint[];
  readonly values?: ReadonlySet<string>;
  readonly rules: readonly Rule[];
}

const checkedShapes = new Map<string, CheckedShape>();

function checkedShape(name: string): CheckedShape {
  let checked = checkedShapes.get(name);
  if (!checked) {
    const shape = SHAPES[name];
    checked = {
      shape,
      constraints: constraintsOf(shape),
      values: shape.enum && new Set(shape.enum),
      rules: RULES.filter(({ on }) => on.includes(name)),
    };
    checkedShapes.set(name, checked);
  }
  return checked;
}
