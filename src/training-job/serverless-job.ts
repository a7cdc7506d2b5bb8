import { type RequestStructure, structure } from '../job/request-members';

/** What a serverless job does (`ServerlessJobType` of the API). */
export class ServerlessJobType {
  /** Tunes a base model. */
  public static readonly FINE_TUNING = new ServerlessJobType('FineTuning');
  /** Evaluates a model. */
  public static readonly EVALUATION = new ServerlessJobType('Evaluation');

  /**
   * A value by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): ServerlessJobType {
    return new ServerlessJobType(value);
  }

  /** @param value The value as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** How a base model is tuned (`CustomizationTechnique` of the API). */
export class CustomizationTechnique {
  /** Supervised fine-tuning. */
  public static readonly SFT = new CustomizationTechnique('SFT');
  /** Direct preference optimization. */
  public static readonly DPO = new CustomizationTechnique('DPO');
  /** Reinforcement learning with verifiable rewards. */
  public static readonly RLVR = new CustomizationTechnique('RLVR');
  /** Reinforcement learning from feedback of another model. */
  public static readonly RLAIF = new CustomizationTechnique('RLAIF');

  /**
   * A value by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): CustomizationTechnique {
    return new CustomizationTechnique(value);
  }

  /** @param value The value as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** Which of the parameters are tuned (`Peft` of the API). */
export class Peft {
  /** Low-rank adapters beside the weights of the model. */
  public static readonly LORA = new Peft('LORA');

  /**
   * A value by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): Peft {
    return new Peft(value);
  }

  /** @param value The value as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** How a model is evaluated (`EvaluationType` of the API). */
export class EvaluationType {
  /** Another model judges. */
  public static readonly LLMAJ_EVALUATION = new EvaluationType('LLMAJEvaluation');
  /** A scorer of your own. */
  public static readonly CUSTOM_SCORER_EVALUATION = new EvaluationType('CustomScorerEvaluation');
  /** A benchmark. */
  public static readonly BENCHMARK_EVALUATION = new EvaluationType('BenchmarkEvaluation');

  /**
   * A value by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): EvaluationType {
    return new EvaluationType(value);
  }

  /** @param value The value as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** How many tokens a sequence may have (`SequenceLength` of the API). */
export class SequenceLength {
  /** 1 thousand tokens. */
  public static readonly K1 = new SequenceLength('1K');
  /** 2 thousand tokens. */
  public static readonly K2 = new SequenceLength('2K');
  /** 4 thousand tokens. */
  public static readonly K4 = new SequenceLength('4K');
  /** 8 thousand tokens. */
  public static readonly K8 = new SequenceLength('8K');
  /** 16 thousand tokens. */
  public static readonly K16 = new SequenceLength('16K');
  /** 32 thousand tokens. */
  public static readonly K32 = new SequenceLength('32K');
  /** 64 thousand tokens. */
  public static readonly K64 = new SequenceLength('64K');
  /** 128 thousand tokens. */
  public static readonly K128 = new SequenceLength('128K');

  /**
   * A value by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): SequenceLength {
    return new SequenceLength(value);
  }

  /** @param value The value as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** A job that tunes or evaluates a base model on capacity that the service chooses (`ServerlessJobConfig` of the API). */
export interface ServerlessJobOptions {
  /** The ARN of the base model in the SageMaker public hub (`BaseModelArn`), at most 2048 characters. */
  readonly baseModelArn: string;

  /** What the job does (`JobType`). */
  readonly jobType: ServerlessJobType;

  /**
   * Accepts the end-user license agreement of the base model (`AcceptEula`).
   *
   * @default - nothing is said about it
   */
  readonly acceptEula?: boolean;

  /**
   * How the model is tuned (`CustomizationTechnique`).
   *
   * @default - none; an evaluation
   */
  readonly customizationTechnique?: CustomizationTechnique;

  /**
   * Which of the parameters are tuned (`Peft`).
   *
   * @default - as the service decides
   */
  readonly peft?: Peft;

  /**
   * How the model is evaluated (`EvaluationType`). An evaluation needs it.
   *
   * @default - none; a tuning
   */
  readonly evaluationType?: EvaluationType;

  /**
   * The ARN of the evaluator that rewards or scores (`EvaluatorArn`). If it is a function, the role may invoke it.
   *
   * @default - none
   */
  readonly evaluatorArn?: string;

  /**
   * How many tokens a sequence may have (`SequenceLength`).
   *
   * @default - as the service decides from the rest of the configuration
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
    EvaluatorArn: config?.evaluatorArn,
    SequenceLength: config?.sequenceLength?.value,
  });
}
