import type { NotebookInstanceProps } from './notebook-instance-props';
import { NotebookInstancePlatformIdentifier } from './notebook-options';
import { networkChecks } from '../job/job-network';
import type { Check } from '../validation/construct-validation';
import type { Violation } from '../validation/violation';

/** What can be wrong with the props of a notebook instance that its request does not show. */
export function notebookChecks(props: NotebookInstanceProps): Check[] {
  const { desiredState, platformIdentifier } = props;
  return [
    ...networkChecks(props, 'subnetId'),
    () => lifecycle(props),
    () => (props.idleStop && platformIdentifier?.value === NotebookInstancePlatformIdentifier.NOTEBOOK_AL1_V1.value
      ? [{ property: 'idleStop', rule: `needs a platform with systemd, which ${platformIdentifier.value} lacks` }]
      : []),
    () => (props.desiredStateTrigger !== undefined && desiredState === undefined
      ? [{ property: 'desiredStateTrigger', rule: 'can only be given together with `desiredState`' }]
      : []),
  ];
}

function lifecycle({ lifecycleConfig, restartOnLifecycleConfigChange, ...scripts }: NotebookInstanceProps): Violation[] {
  const own = (['onCreate', 'onStart', 'idleStop'] as const).filter((property) => scripts[property] !== undefined);
  if (lifecycleConfig) {
    const together = own.map((property) => ({ property, rule: 'cannot be given together with `lifecycleConfig`: add the scripts to that one' }));
    const unknown = restartOnLifecycleConfigChange && lifecycleConfig._onStartHash === undefined
      ? [{ property: 'restartOnLifecycleConfigChange', rule: 'needs a lifecycle configuration of this app: changes of an imported one are not known' }]
      : [];
    return [...together, ...unknown];
  }
  return restartOnLifecycleConfigChange && own.length === 0
    ? [{ property: 'restartOnLifecycleConfigChange', rule: 'can only be given together with lifecycle scripts' }]
    : [];
}
