import { basename } from 'path';
import type { Construct } from 'constructs';

/** An asset that several constructs can use. Each construct creates it once, under an ID that is the same on every machine. */
export class AssetByScope<Asset> {
  private readonly assets = new WeakMap<Construct, Asset>();
  private readonly id: string;

  constructor(use: 'Asset' | 'Image' | 'Script', path: string, private readonly create: (scope: Construct, id: string) => Asset) {
    this.id = `${use}:${basename(path)}`;
  }

  /** Returns the asset of a scope, and creates it in the first call. */
  public in(scope: Construct): Asset {
    const asset = this.assets.get(scope) ?? this.create(scope, uniqueChildId(scope, this.id));
    this.assets.set(scope, asset);
    return asset;
  }
}

/** Returns the ID, or the first of `id2`, `id3` … that is unique among the children of the scope. */
export function uniqueChildId(scope: Construct, id: string): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? id : `${id}${suffix}`;
    if (!scope.node.tryFindChild(candidate)) return candidate;
  }
}
