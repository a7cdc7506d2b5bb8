import { Token } from 'aws-cdk-lib';
import type { NotebookInstanceProps } from '../notebook-instance-props';
import { NotebookPlatform } from '../notebook-options';
import { type Check, count, pattern, textLength, type Violation } from './validation';

/** What can be wrong with the props of a notebook instance. */
export function notebookChecks(props: NotebookInstanceProps): Check[] {
  const { additionalCodeRepositories, desiredState, notebookInstanceName: name, platformIdentifier, securityGroups, vpc } = props;
  return [
    () => textLength('notebookInstanceName', name, 1, 63),
    () => pattern('notebookInstanceName', name, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, 'must consist of letters, digits and hyphens, with no hyphen at either end'),
    () => requiresVpc(props),
    () => (props.directInternetAccess === false && !vpc
      ? [{ property: 'directInternetAccess', rule: 'can be false only together with `vpc`', value: false }]
      : []),
    () => count('securityGroups', securityGroups, 0, 5, 'security groups'),
    () => volumeSize(props),
    () => count('additionalCodeRepositories', additionalCodeRepositories, 0, 3, 'repositories'),
    () => textLength('platformIdentifier', platformIdentifier?.value, 0, 20),
    () => lifecycle(props),
    () => (props.idleStop && platformIdentifier?.value === NotebookPlatform.NOTEBOOK_AL1_V1.value
      ? [{ property: 'idleStop', rule: `needs a platform with systemd, which ${platformIdentifier.value} lacks` }]
      : []),
    () => (props.desiredStateTrigger !== undefined && desiredState === undefined
      ? [{ property: 'desiredStateTrigger', rule: 'can only be given together with `desiredState`' }]
      : []),
  ];
}

function requiresVpc(props: NotebookInstanceProps): Violation[] {
  if (props.vpc) return [];
  return (['vpcSubnets', 'securityGroups', 'allowAllOutbound'] as const)
    .filter((property) => props[property] !== undefined)
    .map((property) => ({ property, rule: 'can only be given together with `vpc`' }));
}

function volumeSize({ volumeSize: size }: NotebookInstanceProps): Violation[] {
  if (!size || size.isUnresolved()) return [];
  const gibibytes = size.toGibibytes();
  return gibibytes < 5 || gibibytes > 16384 ? [{ property: 'volumeSize', rule: 'must be 5 to 16384 GiB', value: `${gibibytes} GiB` }] : [];
}

function lifecycle({ lifecycleConfig, restartOnLifecycleConfigChange, ...scripts }: NotebookInstanceProps): Violation[] {
  const own = (['onCreate', 'onStart', 'idleStop'] as const).filter((property) => scripts[property] !== undefined);
  if (lifecycleConfig) {
    const together = own.map((property) => ({ property, rule: 'cannot be given together with `lifecycleConfig`: add the scripts to that one' }));
    const unknown = restartOnLifecycleConfigChange && lifecycleConfig.onStartHash === undefined
      ? [{ property: 'restartOnLifecycleConfigChange', rule: 'needs a lifecycle configuration of this app: changes of an imported one are not known' }]
      : [];
    return [...together, ...unknown];
  }
  return restartOnLifecycleConfigChange && own.length === 0
    ? [{ property: 'restartOnLifecycleConfigChange', rule: 'can only be given together with lifecycle scripts' }]
    : [];
}

/** What can be wrong with the names or URLs of repositories, once they are known. */
export function repositoryViolations(property: string, nameOrUrl: string | undefined): Violation[] {
  if (nameOrUrl === undefined || Token.isUnresolved(nameOrUrl)) return [];
  return [
    ...textLength(property, nameOrUrl, 1, 1024),
    ...pattern(property, nameOrUrl, /^(https:\/\/[^/]+(\/.*)?|[a-zA-Z0-9](-*[a-zA-Z0-9])*)$/, 'must be a URL that begins with https://, or the name of a code repository'),
  ];
}
