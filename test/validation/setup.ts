import { App, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Example, withoutLocations } from '../fixtures/synth';

/** What a message says. */
export interface Message {
  /** The path of the construct. */
  readonly path: string;
  /** The property as the user writes it. */
  readonly property: string;
  /** What must hold, with what was given and what to do. */
  readonly rule: string;
}

/** A warning, and what it is acknowledged by. */
export interface Warning extends Message {
  readonly id: string;
}

/** The app with one stack, `Stack`, that holds what the example makes. */
export function appOf(example: Example): App {
  const app = new App();
  example(new Stack(app, 'Stack'));
  return app;
}

/** The errors that stop the synthesis of a construct and of all that is in it. */
export function errorsOf(construct: IConstruct): Message[] {
  return construct.node.findAll().flatMap((part) => part.node.validate().map((text) => ({ path: part.node.path, ...split(withoutLocations(text)) })));
}

/** The warnings of an app that synthesizes, as a user sees them. */
export function warningsOf(app: App): Warning[] {
  return app.synth().stacks
    .flatMap(({ messages }) => messages)
    .filter(({ level }) => level === 'warning')
    .flatMap(({ entry, id }) => {
      const [, text, ack] = /^(.*) \[ack: (cdk-sagemaker-jobs:.*)\]$/s.exec(String(entry.data)) ?? [];
      return text === undefined ? [] : [{ path: id.replace(/^\//, ''), id: ack, ...split(text) }];
    });
}

function split(text: string): Omit<Message, 'path'> {
  const end = text.indexOf(': ');
  return { property: text.slice(0, end), rule: text.slice(end + 2) };
}
