import { CLASS_WRITERS } from './class-writers';
import { expressionOf } from './property-expressions';
import type { Expression, TypeScriptSource } from './typescript-source';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { propertyOf } from '../../src/validation/property-names';
import { PROPERTY_TYPES } from '../../src/validation/property-types.generated';
import type { RequestKind } from '../../src/validation/shape-constraints';

type Path = ReadonlyArray<string | number>;

/** An API member that no property expresses. */
export interface Omission {
  readonly member: string;
  readonly reason: string;
}

/** Imported networks are specified by their IDs. */
const BY_ID: { readonly [property: string]: string } = { vpc: 'subnetId', vpcSubnets: 'subnetIds', securityGroups: 'securityGroupIds' };
const IDS: readonly string[] = ['SecurityGroupIds', 'SubnetId', 'Subnets'];

/** The members of a notebook instance that its construct sets, unless it leaves the defaults to SageMaker. */
const NOTEBOOK_DEFAULTS = ['DirectInternetAccess', 'InstanceMetadataServiceConfiguration', 'PlatformIdentifier', 'RootAccess'];

/** Writes the props that render a request. */
export class ConstructProps {
  readonly omissions: Omission[] = [];
  private readonly tree: { [property: string]: Expression } = {};

  constructor(private readonly source: TypeScriptSource, private readonly kind: RequestKind, private readonly structure: string) {}

  write(request: Record<string, unknown>): Expression {
    this.members(CREATE[this.kind], request, []);
    if (this.kind === 'notebookInstance' && NOTEBOOK_DEFAULTS.some((member) => request[member] === undefined)) this.set(['useServiceDefaults'], 'true');
    return this.tree;
  }

  private members(shape: string, value: Record<string, unknown>, path: Path): void {
    for (const [member, item] of Object.entries(value)) {
      const inner = SHAPES[shape].members?.[member];
      const place = [...path, member];
      if (item === undefined || item === null || member === 'Tags') continue;
      if (inner === undefined) this.omit(place, 'the constructs do not have this member');
      else this.value(inner, item, place, `${shape}.${member}`, value);
    }
  }

  private value(shape: string, value: unknown, path: Path, place: string, siblings: Record<string, unknown>): void {
    const { type, member } = SHAPES[shape];
    const writer = CLASS_WRITERS[place] ?? CLASS_WRITERS[shape];
    if (writer) {
      const written = writer(value, this.source, siblings, (inner, reason) => this.omit([...path, inner], reason));
      if (written !== undefined) this.set(tokensOf(propertyOf(this.kind, path)!.replace(/^(model|target)\.\w+$/, '$1')), written);
    } else if (type === 'structure') {
      this.members(shape, value as Record<string, unknown>, path);
    } else if (type === 'list' && SHAPES[member!].type === 'structure') {
      (value as unknown[]).forEach((item, index) => this.value(member!, item, [...path, index], member!, siblings));
    } else {
      this.leaf(value, path);
    }
  }

  private leaf(value: unknown, path: Path): void {
    const name = String(path.at(-1));
    const tokens = tokensOf(propertyOf(this.kind, path) ?? '').map((token) => (IDS.includes(name) ? BY_ID[token] ?? token : token));
    const type = this.typeOf(tokens);
    const code = type && expressionOf(this.source, type, value, name);
    if (code === undefined) this.omit(path, /Kms/.test(name) ? 'a key is specified by its ARN' : 'no property sets it alone');
    else this.set(tokens, code);
  }

  private omit(path: Path, reason: string): void {
    this.omissions.push({ member: path.filter((step) => step !== '').join('.'), reason });
  }

  private typeOf(tokens: Path): string | undefined {
    return tokens.reduce<string | undefined>((type, token) => (
      typeof token === 'number' ? type?.replace(/\[\]$/, '') : PROPERTY_TYPES[type!]?.[token]?.replace(/!$/, '')), this.structure);
  }

  private set(tokens: Path, expression: Expression): void {
    let node: any = this.tree;
    for (const [at, token] of tokens.slice(0, -1).entries()) node = node[token] ??= typeof tokens[at + 1] === 'number' ? [] : {};
    node[tokens.at(-1)!] = expression;
  }
}

function tokensOf(property: string): Array<string | number> {
  return property.split(/[.[\]]+/).filter(Boolean).map((token) => (/^\d+$/.test(token) ? Number(token) : token));
}
