export { Faults, type InjectedFault } from './faults';
export { parseFaultFlag } from './flag';
export { readFaults } from './read';
export type { Effect, FaultMatch, FaultRule, FaultTime } from './fault-rule';
