import { type RequestStructure, structure } from './request-members';

/**
 * The experiment of a job (`ExperimentConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ExperimentConfig.html
 */
export interface ExperimentOptions {
  /**
   * The name of an existing experiment (`ExperimentName`), at most 120 letters, digits and hyphens.
   *
   * @default - no experiment
   */
  readonly experimentName?: string;

  /**
   * The name of an existing trial (`TrialName`), at most 120 letters, digits and hyphens.
   *
   * @default - a new trial
   */
  readonly trialName?: string;

  /**
   * The display name of the trial component (`TrialComponentDisplayName`), at most 120 letters, digits and hyphens.
   *
   * @default - the name of the trial component
   */
  readonly trialComponentDisplayName?: string;

  /**
   * The name of the experiment run (`RunName`), at most 120 letters, digits and hyphens.
   *
   * @default - no run
   */
  readonly runName?: string;
}

export function renderExperimentConfig(config: ExperimentOptions | undefined): RequestStructure | undefined {
  return structure({
    ExperimentName: config?.experimentName,
    TrialName: config?.trialName,
    TrialComponentDisplayName: config?.trialComponentDisplayName,
    RunName: config?.runName,
  });
}
