import type { NotebookInstanceProps } from './notebook-instance-props';
import { NotebookInstancePlatformIdentifier } from './notebook-options';
import { networkChecks } from '../job/job-network';
import type { Check } from '../validation/construct-validation';
import type { Violation } from '../validation/violation';

/** Amazon Linux, and since July 2026 Amazon Linux 2. */
const RETIRED_PLATFORMS = /^notebook-al[12]-/;

/** Checks of a notebook instance's props that do not appear in the request. */
export function notebookChecks(props: NotebookInstanceProps): Check[] {
  const { desiredState, platformIdentifier, schedule } = props;
  return [
    ...networkChecks(props, 'subnetId'),
    () => lifecycle(props),
    () => (platformIdentifier && RETIRED_PLATFORMS.test(platformIdentifier.value)
      ? [{
        property: 'platformIdentifier',
        rule: 'is no longer supported: SageMaker neither creates nor starts instances with it',
        value: platformIdentifier.value,
        advice: `use ${NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1.value}, which keeps the volume of an existing instance`,
      }]
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
