export { Faults, type FaultsOptions, type InjectedFault } from './faults';
export { parseFaultFlag } from './flag';
export { readFaults } from './read';
export type { Effect, EffectName, FaultMatch, FaultRule, FaultTime } from './rule';
