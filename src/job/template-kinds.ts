import type { JobKind } from '../contract';

/** What the constructs alone need to know about a kind of job. */
export interface TemplateKind {
  /** The maximum length of a name. */
  readonly nameLength: number;
  /** The detail type of its events. Default: the service documents none. */
  readonly eventDetailType?: string;
  /** The function's actions on jobs of the kind besides creating, describing, stopping and deleting them. */
  readonly furtherActions?: { readonly read?: readonly string[]; readonly change?: readonly string[] };
}

export const TEMPLATE_KINDS: { readonly [kind in JobKind]: TemplateKind } = {
  trainingJob: {
    nameLength: 63,
    eventDetailType: 'SageMaker Training Job State Change',
    furtherActions: { change: ['UpdateTrainingJob'] },
  },
  hyperParameterTuningJob: {
    nameLength: 32,
    eventDetailType: 'SageMaker HyperParameter Tuning Job State Change',
    furtherActions: { read: ['ListTrainingJobsForHyperParameterTuningJob'] },
  },
  compilationJob: {
    nameLength: 63,
  },
};
