import { REDRIVE_STATE } from './execution-events';
import type { StateMachineDefinition } from './interpreter';
import type { StateEntry } from './log';
import type { Json } from '../services';

/** Returns a definition that begins at a state with the state's recorded input. The input of the execution does not change. */
export function redriveDefinition(definition: Json, { name, input }: StateEntry): StateMachineDefinition {
  const { States: states, ...rest } = definition as unknown as StateMachineDefinition;
  const first = { Type: 'Pass', Result: input, Next: name };
  return { ...rest, StartAt: REDRIVE_STATE, States: { [REDRIVE_STATE]: first, ...states } } as StateMachineDefinition;
}
