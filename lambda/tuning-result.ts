import type { Api } from './handler-services';
import { modelLocation } from './output-locations';
import { isTransient } from './service-errors';

/** The complete description of an ended job. */
export interface CompleteDescription {
  readonly description: Record<string, any>;
  /** The reason for the missing result of a job that ended without a failure. */
  readonly missingResult?: string;
}

/** The maximum number of different failure reasons of training jobs in a message. */
const MAX_REASONS = 3;

/**
 * Adds the model artifacts of the best training jobs, which the description of a tuning job lacks. Without a best training job,
 * there is no result, and the reason contains the failure reasons of the training jobs.
 */
export async function completeTuning(description: Record<string, any>, sageMaker: Api): Promise<CompleteDescription> {
  if (hasNoBest(description)) {
    return { description, missingResult: `No training job succeeded. ${await reasons(description.HyperParameterTuningJobName, sageMaker)}`.trim() };
  }
  const best = await withArtifacts(description.BestTrainingJob, description, sageMaker);
  const overall = description.OverallBestTrainingJob;
  const isBest = overall?.TrainingJobName === best?.TrainingJobName;
  const overallBest = isBest ? { ...best, ...overall } : await withArtifacts(overall, description, sageMaker);
  return { description: { ...description, BestTrainingJob: best, OverallBestTrainingJob: overallBest } };
}

/** Whether no training job of the tuning job has succeeded. */
export function hasNoBest(description: Record<string, any>): boolean {
  return !description.BestTrainingJob?.TrainingJobName;
}

/**
 * Returns the artifacts, if they can be read or derived. The record of the best training job may have been deleted, and the overall
 * best one may belong to an earlier tuning job that no longer exists or that this function is not allowed to describe.
 */
async function withArtifacts(
  summary: Record<string, any> | undefined, tuning: Record<string, any>, sageMaker: Api,
): Promise<Record<string, any> | undefined> {
  if (!summary?.TrainingJobName) return summary;
  try {
    const { ModelArtifacts } = await sageMaker.call('DescribeTrainingJob', { TrainingJobName: summary.TrainingJobName });
    return { ...summary, ModelArtifacts };
  } catch (error) {
    if (isTransient(error)) throw error;
    const S3ModelArtifacts = derivedLocation(summary, tuning);
    return { ...summary, ...S3ModelArtifacts !== undefined && { ModelArtifacts: { S3ModelArtifacts } } };
  }
}

/** Returns the location of the model of a training job that this tuning job launched, from its definition. */
function derivedLocation(
  { TrainingJobDefinitionName, TrainingJobName, TuningJobName }: Record<string, any>,
  { HyperParameterTuningJobName, TrainingJobDefinition, TrainingJobDefinitions = [] }: Record<string, any>,
): string | undefined {
  if (TuningJobName !== undefined && TuningJobName !== HyperParameterTuningJobName) return undefined;
  const definition = TrainingJobDefinition ?? TrainingJobDefinitions.find(({ DefinitionName }: any) => DefinitionName === TrainingJobDefinitionName);
  return definition && modelLocation(TrainingJobName, definition);
}

async function reasons(name: string, sageMaker: Api): Promise<string> {
  const { TrainingJobSummaries = [] } = await sageMaker.call('ListTrainingJobsForHyperParameterTuningJob', {
    HyperParameterTuningJobName: name,
    StatusEquals: 'Failed',
    MaxResults: 100,
  });
  const counts = new Map<string, number>();
  for (const { FailureReason } of TrainingJobSummaries) {
    if (FailureReason) counts.set(FailureReason, (counts.get(FailureReason) ?? 0) + 1);
  }
  const told = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_REASONS);
  return told.map(([reason, count]) => `${count} failed: ${reason}`).join(' ');
}
