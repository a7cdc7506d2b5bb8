import { REDRIVE_STATE } from './execution-events';
import type { StateMachineDefinition } from './interpreter';
import type { StateEntry } from './log';
import type { Json } from '../services';

/** A definition that begins with a state and what that was given before, while the execution's own input stays what it was. */
export function redriveDefinition(definition: Json, { name, input }: StateEntry): StateMachineDefinition {
  const { States: states, ...rest } = definition as unknown as StateMachineDefinition;
  const first = { Type: 'Pass', Result: input, Next: name };
  return { ...rest, StartAt: REDRIVE_STATE, States: { [REDRIVE_STATE]: first, ...states } } as StateMachineDefinition;
}
