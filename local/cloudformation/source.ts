import { invalid } from './cloudformation-error';
import type { SourceInput } from './stack-requests';
import type { StackSource } from './stack-source';
import { parseTemplate } from './template-validation';

/** Returns the new source of a stack. Members that the request does not specify keep their values. */
export function sourceOf({ template, parameters = {}, tags }: SourceInput, previous?: StackSource): StackSource {
  const given = typeof template === 'object' ? JSON.stringify(template) : template;
  const text = given ?? previous?.template;
  if (text === undefined) throw invalid('Either Template URL or Template Body must be specified.');
  const defaults = Object.entries(parseTemplate(text).Parameters ?? {}).filter(([, { Default }]) => Default !== undefined);
  return {
    template: text,
    parameters: {
      ...Object.fromEntries(defaults.map(([name, { Default }]) => [name, String(Default)])),
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeof value === 'string' ? value : previousValue(name, previous)])),
    },
    tags: { ...tags ?? previous?.tags },
  };
}

function previousValue(name: string, previous?: StackSource): string {
  const value = previous?.parameters[name];
  if (value === undefined) {
    throw invalid(`Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`);
  }
  return value;
}

/** The settings of a stack that a request may change. */
export function settingsOf<T extends Pick<SourceInput, 'capabilities' | 'roleArn' | 'notificationArns'>>({ capabilities, roleArn, notificationArns }: T) {
  return { ...capabilities && { capabilities }, ...roleArn !== undefined && { roleArn }, ...notificationArns && { notificationArns } };
}
