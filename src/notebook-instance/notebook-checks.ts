import type { NotebookInstanceProps } from './notebook-instance-props';
import { NotebookInstancePlatformIdentifier } from './notebook-options';
import { networkChecks } from '../job/job-network';
import type { Check } from '../validation/construct-validation';
import type { Violation } from '../validation/violation';

/** Checks of a notebook instance's props that do not appear in the request. */
export function notebookChecks(props: NotebookInstanceProps): Check[] {
  const { desiredState, platformIdentifier, schedule } = props;
  return [
    ...networkChecks(props, 'subnetId'),
    () => lifecycle(props),
    () => (props.idleStop && platformIdentifier?.value === NotebookInstancePlatformIdentifier.NOTEBOOK_AL1_V1.value
      ? [{ property: 'idleStop', rule: `requires a platform with systemd, which ${platformIdentifier.value} lacks` }]
      : []),
    () => (props.desiredStateTrigger !== undefined && desiredState === undefined
      ? [{ property: 'desiredStateTrigger', rule: 'requires `desiredState`' }]
      : []),
    () => (schedule && !schedule.start && !schedule.stop ? [{ property: 'schedule', rule: 'requires `start` or `stop`' }] : []),
  ];
}

function lifecycle({ lifecycleConfig, restartOnLifecycleConfigChange, ...scripts }: NotebookInstanceProps): Violation[] {
  const own = (['onCreate', 'onStart', 'idleStop'] as const).filter((property) => scripts[property] !== undefined);
  if (lifecycleConfig) {
    const together = own.map((property) => ({ property, rule: 'cannot be specified together with `lifecycleConfig`; add the scripts to that configuration' }));
    const unknown = restartOnLifecycleConfigChange && lifecycleConfig._onStartHash === undefined
      ? [{ property: 'restartOnLifecycleConfigChange', rule: 'requires a lifecycle configuration that is defined in this app, because changes of an imported one cannot be detected' }]
      : [];
    return [...together, ...unknown];
  }
  return restartOnLifecycleConfigChange && own.length === 0
    ? [{ property: 'restartOnLifecycleConfigChange', rule: 'requires lifecycle scripts' }]
    : [];
}
