import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { allow } from '../execution-role/grantee';
import { type RequestStructure, structure } from '../job/request-members';
import { typedFactories } from '../validation/property-types';

/**
 * The type of a serverless job (`JobType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
export class ServerlessJobType {
  /** Fine-tuning of a base model. */
  public static readonly FINE_TUNING = new ServerlessJobType('FineTuning');
  /** Evaluation of a model. */
  public static readonly EVALUATION = new ServerlessJobType('Evaluation');

  /**
   * Returns the type for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): ServerlessJobType {
    return new ServerlessJobType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The model customization technique (`CustomizationTechnique`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
export class CustomizationTechnique {
  /** Supervised fine-tuning. */
  public static readonly SFT = new CustomizationTechnique('SFT');
  /** Direct preference optimization. */
  public static readonly DPO = new CustomizationTechnique('DPO');
  /** Reinforcement learning with verifiable rewards. */
  public static readonly RLVR = new CustomizationTechnique('RLVR');
  /** Reinforcement learning from AI feedback. */
  public static readonly RLAIF = new CustomizationTechnique('RLAIF');

  /**
   * Returns the technique for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): CustomizationTechnique {
    return new CustomizationTechnique(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The parameter-efficient fine-tuning technique (`Peft`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
export class Peft {
  /** Low-rank adaptation. */
  public static readonly LORA = new Peft('LORA');

  /**
   * Returns the technique for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): Peft {
    return new Peft(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The evaluation type of an evaluation job (`EvaluationType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
export class EvaluationType {
  /** LLM as a judge. */
  public static readonly LLMAJ_EVALUATION = new EvaluationType('LLMAJEvaluation');
  /** A custom scorer. */
  public static readonly CUSTOM_SCORER_EVALUATION = new EvaluationType('CustomScorerEvaluation');
  /** A benchmark. */
  public static readonly BENCHMARK_EVALUATION = new EvaluationType('BenchmarkEvaluation');

  /**
   * Returns the type for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): EvaluationType {
    return new EvaluationType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The maximum sequence length in tokens (`SequenceLength`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
export class SequenceLength {
  /** 1K tokens. */
  public static readonly TOKENS_1K = new SequenceLength('1K');
  /** 2K tokens. */
  public static readonly TOKENS_2K = new SequenceLength('2K');
  /** 4K tokens. */
  public static readonly TOKENS_4K = new SequenceLength('4K');
  /** 8K tokens. */
  public static readonly TOKENS_8K = new SequenceLength('8K');
  /** 16K tokens. */
  public static readonly TOKENS_16K = new SequenceLength('16K');
  /** 32K tokens. */
  public static readonly TOKENS_32K = new SequenceLength('32K');
  /** 64K tokens. */
  public static readonly TOKENS_64K = new SequenceLength('64K');
  /** 128K tokens. */
  public static readonly TOKENS_128K = new SequenceLength('128K');

  /**
   * Returns the length for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): SequenceLength {
    return new SequenceLength(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The evaluator of a serverless job (`EvaluatorArn`): a reward function or a reward prompt, which scores the responses of a model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
@typedFactories('Evaluator')
export class Evaluator {
  /**
   * Returns a Lambda function as an evaluator. The job is granted permission to invoke it.
   *
   * @param fn the function
   */
  public static fromFunction(fn: lambda.IFunction): Evaluator {
    return new Evaluator(fn.functionArn, (grantee) => allow(grantee, { actions: ['lambda:InvokeFunction'], resourceArns: [fn.functionArn] }));
  }

  /**
   * Returns an evaluator by its ARN, such as an evaluator that is registered in SageMaker. Grant the role of the job permission to
   * use it yourself.
   *
   * @param evaluatorArn the ARN of the evaluator
   */
  public static fromEvaluatorArn(evaluatorArn: string): Evaluator {
    return new Evaluator(evaluatorArn, () => undefined);
  }

  /** @param evaluatorArn The ARN of the evaluator (`EvaluatorArn`). */
  private constructor(public readonly evaluatorArn: string, private readonly grant: (grantee: iam.IGrantable) => void) {}

  /**
   * Grants permission to use the evaluator.
   *
   * @internal
   */
  public _grantUse(grantee: iam.IGrantable): void {
    this.grant(grantee);
  }
}

/**
 * The configuration of a serverless job, which fine-tunes or evaluates a base model on capacity that SageMaker manages
 * (`ServerlessJobConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ServerlessJobConfig.html
 */
export interface ServerlessJobOptions {
  /** The ARN of the base model in the SageMaker public hub (`BaseModelArn`), at most 2048 characters. */
  readonly baseModelArn: string;

  /** The type of the job (`JobType`). */
  readonly jobType: ServerlessJobType;

  /**
   * Whether to accept the end-user license agreement of the base model (`AcceptEula`).
   *
   * @default - the request does not accept it
   */
  readonly acceptEula?: boolean;

  /**
   * The model customization technique (`CustomizationTechnique`). Only for fine-tuning.
   *
   * @default - none
   */
  readonly customizationTechnique?: CustomizationTechnique;

  /**
   * The parameter-efficient fine-tuning technique (`Peft`).
   *
   * @default - decided by SageMaker
   */
  readonly peft?: Peft;

  /**
   * The evaluation type (`EvaluationType`). Required for an evaluation.
   *
   * @default - none
   */
  readonly evaluationType?: EvaluationType;

  /**
   * The reward function or reward prompt, which scores the responses of the model (`EvaluatorArn`).
   *
   * @default - none
   */
  readonly evaluator?: Evaluator;

  /**
   * The maximum sequence length in tokens (`SequenceLength`).
   *
   * @default - derived by SageMaker from the other members
   */
  readonly sequenceLength?: SequenceLength;
}

export function renderServerlessJobConfig(config: ServerlessJobOptions | undefined): RequestStructure | undefined {
  return structure({
    BaseModelArn: config?.baseModelArn,
    AcceptEula: config?.acceptEula,
    JobType: config?.jobType.value,
    CustomizationTechnique: config?.customizationTechnique?.value,
    Peft: config?.peft?.value,
    EvaluationType: config?.evaluationType?.value,
    EvaluatorArn: config?.evaluator?.evaluatorArn,
    SequenceLength: config?.sequenceLength?.value,
  });
}
