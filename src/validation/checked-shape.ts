import { SHAPES } from './model.generated';
import { canBreak, type Rule, type Structure } from './request-rule';
import { isGiven } from './request-values';
import { RULES } from './rules';
import { type Constraint, constraintsOf, type Shape } from './shape-constraints';

/** How much is remembered of a shape. */
const MAX_REMEMBERED = 1000;

/**
 * A shape with all that is asked of its values, put together when the first of them is checked. It remembers what was
 * found to be right: the jobs of a stack have most of it in common.
 */
export class CheckedShape {
  /** The shape of a name. */
  static of(name: string): CheckedShape {
    let checked = CheckedShape.all.get(name);
    if (!checked) CheckedShape.all.set(name, checked = new CheckedShape(name, SHAPES[name]));
    return checked;
  }

  private static readonly all = new Map<string, CheckedShape>();

  readonly constraints: readonly Constraint[];
  readonly values?: ReadonlySet<string>;
  /** Texts, numbers and booleans that need not be looked at again. */
  readonly validated = new Set<unknown>();

  private readonly rules: readonly Rule[];
  private readonly rulesByMembers = new Map<string, readonly Rule[]>();
  private memberShapes?: ReadonlyMap<string, CheckedShape>;

  private constructor(readonly name: string, readonly shape: Shape) {
    this.constraints = constraintsOf(shape);
    this.values = shape.enum && new Set(shape.enum);
    this.rules = RULES.filter(({ on }) => on.includes(name));
  }

  /** Of a structure: its members. */
  get members(): ReadonlyMap<string, CheckedShape> {
    return this.memberShapes ??= new Map(Object.entries(this.shape.members ?? {}).map(([member, name]) => [member, CheckedShape.of(name)]));
  }

  /** Of a list or a map: what is in it. */
  get element(): CheckedShape {
    return CheckedShape.of((this.shape.member ?? this.shape.value)!);
  }

  /** Of a map: its keys. */
  get key(): CheckedShape {
    return CheckedShape.of(this.shape.key!);
  }

  /** The rules that a structure can break, by the members that are given. */
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

  /** What is no token and was found to be right. */
  remember(value: unknown): void {
    if (this.validated.size < MAX_REMEMBERED) this.validated.add(value);
  }
}
