import { SHAPES } from './model.generated';
import { canBreak, type Rule, type Structure } from './request-rule';
import { isGiven } from './request-values';
import { rulesOn } from './rules';
import { type Constraint, constraintsOf, type Shape } from './shape-constraints';

/** The maximum number of remembered values of a shape. */
const MAX_REMEMBERED = 1000;

/**
 * A shape with its constraints and rules, which are collected when its first value is checked. It remembers valid values, because
 * the jobs of a stack share most of them.
 */
export class CheckedShape {
  /** Returns the shape with a name. */
  static of(name: string): CheckedShape {
    let checked = CheckedShape.all.get(name);
    if (!checked) CheckedShape.all.set(name, checked = new CheckedShape(name, SHAPES[name]));
    return checked;
  }

  private static readonly all = new Map<string, CheckedShape>();

  readonly constraints: readonly Constraint[];
  readonly values?: ReadonlySet<string>;
  /** Strings, numbers and booleans that are valid. */
  readonly validated = new Set<unknown>();

  private readonly rules: readonly Rule[];
  private readonly rulesByMembers = new Map<string, readonly Rule[]>();
  private memberShapes?: ReadonlyMap<string, CheckedShape>;

  private constructor(readonly name: string, readonly shape: Shape) {
    this.constraints = constraintsOf(shape);
    this.values = shape.enum && new Set(shape.enum);
    this.rules = shape.type === 'structure' ? rulesOn(name) : [];
  }

  /** The members of a structure. */
  get members(): ReadonlyMap<string, CheckedShape> {
    return this.memberShapes ??= new Map(Object.entries(this.shape.members ?? {}).map(([member, name]) => [member, CheckedShape.of(name)]));
  }

  /** The elements of a list or a map. */
  get element(): CheckedShape {
    return CheckedShape.of((this.shape.member ?? this.shape.value)!);
  }

  /** The keys of a map. */
  get key(): CheckedShape {
    return CheckedShape.of(this.shape.key!);
  }

  /** Returns the rules that a structure can violate, by its specified members. */
  rulesFor(structure: Structure): readonly Rule[] {
    if (this.rules.length === 0) return this.rules;
    const given = Object.keys(structure).filter((member) => isGiven(structure[member]));
    const members = given.join();
    const remembered = this.rulesByMembers.get(members);
    if (remembered) return remembered;
    const rules = this.rules.filter((rule) => canBreak(rule, given));
    if (this.rulesByMembers.size < MAX_REMEMBERED) this.rulesByMembers.set(members, rules);
    return rules;
  }

  /** Remembers a valid value, unless it is a token. */
  remember(value: unknown): void {
    if (this.validated.size < MAX_REMEMBERED) this.validated.add(value);
  }
}
