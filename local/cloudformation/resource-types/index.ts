import { COMPUTE } from './compute-types';
import { HOSTING } from './hosting-types';
import { IDENTITY } from './identity-types';
import type { NativeTypes } from './native-type';
import { NETWORK } from './network-types';
import { NOTEBOOK } from './notebook-resource-types';
import { SECRETS } from './secret-types';
import { STORAGE } from './storage-types';

export const NATIVE_TYPES: NativeTypes = { ...COMPUTE, ...HOSTING, ...IDENTITY, ...NETWORK, ...NOTEBOOK, ...SECRETS, ...STORAGE };

export { generatedName, type NativeContext, type NativeType, type NativeTypes, type PhysicalContext } from './native-type';
export { ResourceTypes } from './resource-types';
