import { CheckedShape } from './checked-shape';
import { OPEN_VALUES, openValues, unknownValueId } from './open-values';
import type { Finding, Path, RequestEnvironment, Rule, Structure } from './request-rule';
import { isToken } from './request-values';
import { isOfType, typeRule } from './shape-constraints';

/** A violation in a request. */
export interface RequestFinding {
  /** The path of the member in the request. */
  readonly path: Path;
  /** The path of the structure that the rule refers to. */
  readonly structure: Path;
  readonly rule: string;
  readonly value?: unknown;
  /** Whether the size of the value violates the rule. */
  readonly ofSize?: boolean;
  /** Whether the value is a key of the map at the path. */
  readonly ofKey?: boolean;
  readonly advice?: string;
  /** The ID that acknowledges the warning, if the finding is a warning. */
  readonly warning?: string;
}

/** Checks a request against the API model and all rules. Tokens are not checked. */
export function findingsIn(shapeName: string, request: Structure, environment: RequestEnvironment): RequestFinding[] {
  const walk = new Walk(environment);
  walk.visit(CheckedShape.of(shapeName), request);
  return walk.findings;
}

class Walk {
  readonly findings: RequestFinding[] = [];
  private readonly path: (string | number)[] = [];

  constructor(private readonly environment: RequestEnvironment) {}

  visit(checked: CheckedShape, value: unknown): void {
    if (value === undefined || isToken(value)) return;
    const { constraints, name, shape, values } = checked;
    if (!isOfType(shape, value)) {
      this.report(typeRule(name, shape), { value });
      return;
    }
    const before = this.findings.length;
    for (const constraint of constraints) {
      if (!constraint.accepts(value)) this.report(constraint.rule, { value, ofSize: constraint.ofSize });
    }
    if (values && !values.has(value as string)) this.reportUnknownValue(name, shape.enum!, value);
    switch (shape.type) {
      case 'structure': return this.visitStructure(checked, value as Structure);
      case 'list': return (value as unknown[]).forEach((item, index) => this.visitAt(index, checked.element, item));
      case 'map': return this.visitMap(checked, value as Structure);
      default: if (this.findings.length === before) checked.remember(value);
    }
  }

  private visitStructure(checked: CheckedShape, structure: Structure): void {
    checked.shape.required?.forEach((member) => {
      if (structure[member] === undefined) this.at(member, () => this.report('is required'));
    });
    const { members } = checked;
    Object.keys(structure).forEach((member) => {
      const value = structure[member];
      const inner = members.get(member);
      if (value !== undefined && !inner?.validated.has(value)) this.visitMember(member, inner, value);
    });
    checked.rulesFor(structure).forEach((rule) => {
      const findings = rule.check(structure, this.environment);
      if (findings.length > 0) this.reportFindings(rule, findings, structure);
    });
  }

  private visitMember(member: string, inner: CheckedShape | undefined, value: unknown): void {
    if (inner) this.visitAt(member, inner, value);
    else this.at(member, () => this.report('is an unknown member in this version'));
  }

  private visitMap({ element, key: keys }: CheckedShape, map: Structure): void {
    Object.keys(map).forEach((key) => {
      this.visitKey(keys, key);
      this.visitAt(key, element, map[key]);
    });
  }

  private visitKey(checked: CheckedShape, value: string): void {
    if (checked.validated.has(value) || isToken(value)) return;
    const broken = checked.constraints.filter(({ accepts }) => !accepts(value));
    for (const { ofSize, rule } of broken) this.report(`keys ${rule}`, { value, ofSize, ofKey: true });
    if (broken.length === 0) checked.remember(value);
  }

  private visitAt(step: string | number, checked: CheckedShape, value: unknown): void {
    if (checked.validated.has(value)) return;
    this.path.push(step);
    this.visit(checked, value);
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
    if (OPEN_VALUES[shapeName] === undefined) {
      this.report(`must be one of ${values.join(', ')}`, { value });
    } else {
      this.report(`is not a value of ${openValues(shapeName)} in this version`, {
        value, advice: 'acknowledge the warning if SageMaker accepts it', warning: unknownValueId(shapeName),
      });
    }
  }

  private reportFindings({ advice, id, level, rule: words }: Rule, findings: readonly Finding[], structure: Structure): void {
    for (const { namesValue, path, rule = words, value } of findings) {
      const given = namesValue ? undefined : value ?? path.reduce<any>((part, step) => part?.[step], structure);
      this.findings.push({
        path: [...this.path, ...path], structure: [...this.path], rule, value: given, advice, warning: level === 'warning' ? id : undefined,
      });
    }
  }
}
