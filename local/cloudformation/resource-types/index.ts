import { COMPUTE } from './compute';
import { HOSTING } from './hosting';
import { IDENTITY } from './identity';
import type { NativeTypes } from './native-type';
import { NETWORK } from './network';
import { NOTEBOOK } from './notebook';
import { STORAGE } from './storage';

export const NATIVE_TYPES: NativeTypes = { ...COMPUTE, ...HOSTING, ...IDENTITY, ...NETWORK, ...NOTEBOOK, ...STORAGE };

export { generatedName, type NativeContext, type NativeType, type NativeTypes, type PhysicalContext } from './native-type';
export { ResourceTypes } from './registry';
