import { COMPUTE } from './compute';
import { IDENTITY } from './identity';
import type { NativeTypes } from './native-type';
import { NETWORK } from './network';
import { STORAGE } from './storage';

export const NATIVE_TYPES: NativeTypes = { ...COMPUTE, ...IDENTITY, ...NETWORK, ...STORAGE };

export { generatedName, type NativeContext, type NativeType, type NativeTypes, type PhysicalContext } from './native-type';
