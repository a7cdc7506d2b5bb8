import { inertType } from './inert-types';
import type { NativeType, NativeTypes } from './native-type';

/** The types of resources of a Region: the emulated types, and all other documented types. */
export class ResourceTypes {
  private readonly inert = new Map<string, NativeType | undefined>();

  constructor(private readonly emulated: NativeTypes) {}

  find(type: string): NativeType | undefined {
    if (this.isEmulated(type)) return this.emulated[type];
    if (!this.inert.has(type)) this.inert.set(type, inertType(type));
    return this.inert.get(type);
  }

  isEmulated(type: string): boolean {
    return Object.hasOwn(this.emulated, type);
  }
}
