import type { Construct } from 'constructs';

/** An asset that several constructs can use: each of them has one of its own, however often it uses it. */
export class AssetByScope<Asset> {
  private readonly assets = new WeakMap<Construct, Asset>();

  constructor(private readonly id: string, private readonly create: (scope: Construct, id: string) => Asset) {}

  /** Returns the asset of a scope, and creates it at the first call. */
  public in(scope: Construct): Asset {
    const asset = this.assets.get(scope) ?? this.create(scope, uniqueChildId(scope, this.id));
    this.assets.set(scope, asset);
    return asset;
  }
}

/** The id, or the first of `id2`, `id3` … that no child of the scope has. */
function uniqueChildId(scope: Construct, id: string): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? id : `${id}${suffix}`;
    if (!scope.node.tryFindChild(candidate)) return candidate;
  }
}
