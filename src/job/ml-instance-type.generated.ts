// Made by `npx projen constraints`, from the enumerations of the API's model.

/**
 * An instance type of SageMaker (`TrainingInstanceType`, `ProcessingInstanceType` and `InstanceType` of the API).
 *
 * The constants are the types known to this release; `of()` accepts any other. Synthesis warns of a type that is not known
 * for the kind of resource that uses it.
 */
export class MlInstanceType {
  /** `ml.c4.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C4_2XLARGE = new MlInstanceType('ml.c4.2xlarge');
  /** `ml.c4.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C4_4XLARGE = new MlInstanceType('ml.c4.4xlarge');
  /** `ml.c4.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C4_8XLARGE = new MlInstanceType('ml.c4.8xlarge');
  /** `ml.c4.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C4_XLARGE = new MlInstanceType('ml.c4.xlarge');
  /** `ml.c5.18xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C5_18XLARGE = new MlInstanceType('ml.c5.18xlarge');
  /** `ml.c5.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C5_2XLARGE = new MlInstanceType('ml.c5.2xlarge');
  /** `ml.c5.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C5_4XLARGE = new MlInstanceType('ml.c5.4xlarge');
  /** `ml.c5.9xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C5_9XLARGE = new MlInstanceType('ml.c5.9xlarge');
  /** `ml.c5.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C5_XLARGE = new MlInstanceType('ml.c5.xlarge');
  /** `ml.c5d.18xlarge`, for notebook instances. */
  public static readonly ML_C5D_18XLARGE = new MlInstanceType('ml.c5d.18xlarge');
  /** `ml.c5d.2xlarge`, for notebook instances. */
  public static readonly ML_C5D_2XLARGE = new MlInstanceType('ml.c5d.2xlarge');
  /** `ml.c5d.4xlarge`, for notebook instances. */
  public static readonly ML_C5D_4XLARGE = new MlInstanceType('ml.c5d.4xlarge');
  /** `ml.c5d.9xlarge`, for notebook instances. */
  public static readonly ML_C5D_9XLARGE = new MlInstanceType('ml.c5d.9xlarge');
  /** `ml.c5d.xlarge`, for notebook instances. */
  public static readonly ML_C5D_XLARGE = new MlInstanceType('ml.c5d.xlarge');
  /** `ml.c5n.18xlarge`, for training jobs. */
  public static readonly ML_C5N_18XLARGE = new MlInstanceType('ml.c5n.18xlarge');
  /** `ml.c5n.2xlarge`, for training jobs. */
  public static readonly ML_C5N_2XLARGE = new MlInstanceType('ml.c5n.2xlarge');
  /** `ml.c5n.4xlarge`, for training jobs. */
  public static readonly ML_C5N_4XLARGE = new MlInstanceType('ml.c5n.4xlarge');
  /** `ml.c5n.9xlarge`, for training jobs. */
  public static readonly ML_C5N_9XLARGE = new MlInstanceType('ml.c5n.9xlarge');
  /** `ml.c5n.xlarge`, for training jobs. */
  public static readonly ML_C5N_XLARGE = new MlInstanceType('ml.c5n.xlarge');
  /** `ml.c6i.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_12XLARGE = new MlInstanceType('ml.c6i.12xlarge');
  /** `ml.c6i.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_16XLARGE = new MlInstanceType('ml.c6i.16xlarge');
  /** `ml.c6i.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_24XLARGE = new MlInstanceType('ml.c6i.24xlarge');
  /** `ml.c6i.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_2XLARGE = new MlInstanceType('ml.c6i.2xlarge');
  /** `ml.c6i.32xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_32XLARGE = new MlInstanceType('ml.c6i.32xlarge');
  /** `ml.c6i.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_4XLARGE = new MlInstanceType('ml.c6i.4xlarge');
  /** `ml.c6i.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_8XLARGE = new MlInstanceType('ml.c6i.8xlarge');
  /** `ml.c6i.large`, for notebook instances. */
  public static readonly ML_C6I_LARGE = new MlInstanceType('ml.c6i.large');
  /** `ml.c6i.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C6I_XLARGE = new MlInstanceType('ml.c6i.xlarge');
  /** `ml.c6id.12xlarge`, for notebook instances. */
  public static readonly ML_C6ID_12XLARGE = new MlInstanceType('ml.c6id.12xlarge');
  /** `ml.c6id.16xlarge`, for notebook instances. */
  public static readonly ML_C6ID_16XLARGE = new MlInstanceType('ml.c6id.16xlarge');
  /** `ml.c6id.24xlarge`, for notebook instances. */
  public static readonly ML_C6ID_24XLARGE = new MlInstanceType('ml.c6id.24xlarge');
  /** `ml.c6id.2xlarge`, for notebook instances. */
  public static readonly ML_C6ID_2XLARGE = new MlInstanceType('ml.c6id.2xlarge');
  /** `ml.c6id.32xlarge`, for notebook instances. */
  public static readonly ML_C6ID_32XLARGE = new MlInstanceType('ml.c6id.32xlarge');
  /** `ml.c6id.4xlarge`, for notebook instances. */
  public static readonly ML_C6ID_4XLARGE = new MlInstanceType('ml.c6id.4xlarge');
  /** `ml.c6id.8xlarge`, for notebook instances. */
  public static readonly ML_C6ID_8XLARGE = new MlInstanceType('ml.c6id.8xlarge');
  /** `ml.c6id.large`, for notebook instances. */
  public static readonly ML_C6ID_LARGE = new MlInstanceType('ml.c6id.large');
  /** `ml.c6id.xlarge`, for notebook instances. */
  public static readonly ML_C6ID_XLARGE = new MlInstanceType('ml.c6id.xlarge');
  /** `ml.c7i.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_12XLARGE = new MlInstanceType('ml.c7i.12xlarge');
  /** `ml.c7i.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_16XLARGE = new MlInstanceType('ml.c7i.16xlarge');
  /** `ml.c7i.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_24XLARGE = new MlInstanceType('ml.c7i.24xlarge');
  /** `ml.c7i.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_2XLARGE = new MlInstanceType('ml.c7i.2xlarge');
  /** `ml.c7i.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_48XLARGE = new MlInstanceType('ml.c7i.48xlarge');
  /** `ml.c7i.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_4XLARGE = new MlInstanceType('ml.c7i.4xlarge');
  /** `ml.c7i.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_8XLARGE = new MlInstanceType('ml.c7i.8xlarge');
  /** `ml.c7i.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_LARGE = new MlInstanceType('ml.c7i.large');
  /** `ml.c7i.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_C7I_XLARGE = new MlInstanceType('ml.c7i.xlarge');
  /** `ml.c8i.12xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_12XLARGE = new MlInstanceType('ml.c8i.12xlarge');
  /** `ml.c8i.16xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_16XLARGE = new MlInstanceType('ml.c8i.16xlarge');
  /** `ml.c8i.24xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_24XLARGE = new MlInstanceType('ml.c8i.24xlarge');
  /** `ml.c8i.2xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_2XLARGE = new MlInstanceType('ml.c8i.2xlarge');
  /** `ml.c8i.32xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_32XLARGE = new MlInstanceType('ml.c8i.32xlarge');
  /** `ml.c8i.48xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_48XLARGE = new MlInstanceType('ml.c8i.48xlarge');
  /** `ml.c8i.4xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_4XLARGE = new MlInstanceType('ml.c8i.4xlarge');
  /** `ml.c8i.8xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_8XLARGE = new MlInstanceType('ml.c8i.8xlarge');
  /** `ml.c8i.96xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_96XLARGE = new MlInstanceType('ml.c8i.96xlarge');
  /** `ml.c8i.xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_C8I_XLARGE = new MlInstanceType('ml.c8i.xlarge');
  /** `ml.g4dn.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G4DN_12XLARGE = new MlInstanceType('ml.g4dn.12xlarge');
  /** `ml.g4dn.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G4DN_16XLARGE = new MlInstanceType('ml.g4dn.16xlarge');
  /** `ml.g4dn.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G4DN_2XLARGE = new MlInstanceType('ml.g4dn.2xlarge');
  /** `ml.g4dn.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G4DN_4XLARGE = new MlInstanceType('ml.g4dn.4xlarge');
  /** `ml.g4dn.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G4DN_8XLARGE = new MlInstanceType('ml.g4dn.8xlarge');
  /** `ml.g4dn.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G4DN_XLARGE = new MlInstanceType('ml.g4dn.xlarge');
  /** `ml.g5.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_12XLARGE = new MlInstanceType('ml.g5.12xlarge');
  /** `ml.g5.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_16XLARGE = new MlInstanceType('ml.g5.16xlarge');
  /** `ml.g5.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_24XLARGE = new MlInstanceType('ml.g5.24xlarge');
  /** `ml.g5.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_2XLARGE = new MlInstanceType('ml.g5.2xlarge');
  /** `ml.g5.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_48XLARGE = new MlInstanceType('ml.g5.48xlarge');
  /** `ml.g5.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_4XLARGE = new MlInstanceType('ml.g5.4xlarge');
  /** `ml.g5.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_8XLARGE = new MlInstanceType('ml.g5.8xlarge');
  /** `ml.g5.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G5_XLARGE = new MlInstanceType('ml.g5.xlarge');
  /** `ml.g6.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_12XLARGE = new MlInstanceType('ml.g6.12xlarge');
  /** `ml.g6.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_16XLARGE = new MlInstanceType('ml.g6.16xlarge');
  /** `ml.g6.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_24XLARGE = new MlInstanceType('ml.g6.24xlarge');
  /** `ml.g6.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_2XLARGE = new MlInstanceType('ml.g6.2xlarge');
  /** `ml.g6.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_48XLARGE = new MlInstanceType('ml.g6.48xlarge');
  /** `ml.g6.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_4XLARGE = new MlInstanceType('ml.g6.4xlarge');
  /** `ml.g6.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_8XLARGE = new MlInstanceType('ml.g6.8xlarge');
  /** `ml.g6.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6_XLARGE = new MlInstanceType('ml.g6.xlarge');
  /** `ml.g6e.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_12XLARGE = new MlInstanceType('ml.g6e.12xlarge');
  /** `ml.g6e.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_16XLARGE = new MlInstanceType('ml.g6e.16xlarge');
  /** `ml.g6e.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_24XLARGE = new MlInstanceType('ml.g6e.24xlarge');
  /** `ml.g6e.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_2XLARGE = new MlInstanceType('ml.g6e.2xlarge');
  /** `ml.g6e.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_48XLARGE = new MlInstanceType('ml.g6e.48xlarge');
  /** `ml.g6e.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_4XLARGE = new MlInstanceType('ml.g6e.4xlarge');
  /** `ml.g6e.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_8XLARGE = new MlInstanceType('ml.g6e.8xlarge');
  /** `ml.g6e.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G6E_XLARGE = new MlInstanceType('ml.g6e.xlarge');
  /** `ml.g7.12xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_G7_12XLARGE = new MlInstanceType('ml.g7.12xlarge');
  /** `ml.g7.24xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_G7_24XLARGE = new MlInstanceType('ml.g7.24xlarge');
  /** `ml.g7.2xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_G7_2XLARGE = new MlInstanceType('ml.g7.2xlarge');
  /** `ml.g7.48xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_G7_48XLARGE = new MlInstanceType('ml.g7.48xlarge');
  /** `ml.g7.4xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_G7_4XLARGE = new MlInstanceType('ml.g7.4xlarge');
  /** `ml.g7.8xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_G7_8XLARGE = new MlInstanceType('ml.g7.8xlarge');
  /** `ml.g7e.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G7E_12XLARGE = new MlInstanceType('ml.g7e.12xlarge');
  /** `ml.g7e.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G7E_24XLARGE = new MlInstanceType('ml.g7e.24xlarge');
  /** `ml.g7e.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G7E_2XLARGE = new MlInstanceType('ml.g7e.2xlarge');
  /** `ml.g7e.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G7E_48XLARGE = new MlInstanceType('ml.g7e.48xlarge');
  /** `ml.g7e.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G7E_4XLARGE = new MlInstanceType('ml.g7e.4xlarge');
  /** `ml.g7e.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_G7E_8XLARGE = new MlInstanceType('ml.g7e.8xlarge');
  /** `ml.inf1.24xlarge`, for notebook instances. */
  public static readonly ML_INF1_24XLARGE = new MlInstanceType('ml.inf1.24xlarge');
  /** `ml.inf1.2xlarge`, for notebook instances. */
  public static readonly ML_INF1_2XLARGE = new MlInstanceType('ml.inf1.2xlarge');
  /** `ml.inf1.6xlarge`, for notebook instances. */
  public static readonly ML_INF1_6XLARGE = new MlInstanceType('ml.inf1.6xlarge');
  /** `ml.inf1.xlarge`, for notebook instances. */
  public static readonly ML_INF1_XLARGE = new MlInstanceType('ml.inf1.xlarge');
  /** `ml.inf2.24xlarge`, for notebook instances. */
  public static readonly ML_INF2_24XLARGE = new MlInstanceType('ml.inf2.24xlarge');
  /** `ml.inf2.48xlarge`, for notebook instances. */
  public static readonly ML_INF2_48XLARGE = new MlInstanceType('ml.inf2.48xlarge');
  /** `ml.inf2.8xlarge`, for notebook instances. */
  public static readonly ML_INF2_8XLARGE = new MlInstanceType('ml.inf2.8xlarge');
  /** `ml.inf2.xlarge`, for notebook instances. */
  public static readonly ML_INF2_XLARGE = new MlInstanceType('ml.inf2.xlarge');
  /** `ml.m4.10xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M4_10XLARGE = new MlInstanceType('ml.m4.10xlarge');
  /** `ml.m4.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M4_16XLARGE = new MlInstanceType('ml.m4.16xlarge');
  /** `ml.m4.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M4_2XLARGE = new MlInstanceType('ml.m4.2xlarge');
  /** `ml.m4.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M4_4XLARGE = new MlInstanceType('ml.m4.4xlarge');
  /** `ml.m4.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M4_XLARGE = new MlInstanceType('ml.m4.xlarge');
  /** `ml.m5.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M5_12XLARGE = new MlInstanceType('ml.m5.12xlarge');
  /** `ml.m5.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M5_24XLARGE = new MlInstanceType('ml.m5.24xlarge');
  /** `ml.m5.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M5_2XLARGE = new MlInstanceType('ml.m5.2xlarge');
  /** `ml.m5.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M5_4XLARGE = new MlInstanceType('ml.m5.4xlarge');
  /** `ml.m5.large`, for training jobs and rules of Debugger. */
  public static readonly ML_M5_LARGE = new MlInstanceType('ml.m5.large');
  /** `ml.m5.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M5_XLARGE = new MlInstanceType('ml.m5.xlarge');
  /** `ml.m5d.12xlarge`, for notebook instances. */
  public static readonly ML_M5D_12XLARGE = new MlInstanceType('ml.m5d.12xlarge');
  /** `ml.m5d.16xlarge`, for notebook instances. */
  public static readonly ML_M5D_16XLARGE = new MlInstanceType('ml.m5d.16xlarge');
  /** `ml.m5d.24xlarge`, for notebook instances. */
  public static readonly ML_M5D_24XLARGE = new MlInstanceType('ml.m5d.24xlarge');
  /** `ml.m5d.2xlarge`, for notebook instances. */
  public static readonly ML_M5D_2XLARGE = new MlInstanceType('ml.m5d.2xlarge');
  /** `ml.m5d.4xlarge`, for notebook instances. */
  public static readonly ML_M5D_4XLARGE = new MlInstanceType('ml.m5d.4xlarge');
  /** `ml.m5d.8xlarge`, for notebook instances. */
  public static readonly ML_M5D_8XLARGE = new MlInstanceType('ml.m5d.8xlarge');
  /** `ml.m5d.large`, for notebook instances. */
  public static readonly ML_M5D_LARGE = new MlInstanceType('ml.m5d.large');
  /** `ml.m5d.xlarge`, for notebook instances. */
  public static readonly ML_M5D_XLARGE = new MlInstanceType('ml.m5d.xlarge');
  /** `ml.m6i.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_12XLARGE = new MlInstanceType('ml.m6i.12xlarge');
  /** `ml.m6i.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_16XLARGE = new MlInstanceType('ml.m6i.16xlarge');
  /** `ml.m6i.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_24XLARGE = new MlInstanceType('ml.m6i.24xlarge');
  /** `ml.m6i.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_2XLARGE = new MlInstanceType('ml.m6i.2xlarge');
  /** `ml.m6i.32xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_32XLARGE = new MlInstanceType('ml.m6i.32xlarge');
  /** `ml.m6i.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_4XLARGE = new MlInstanceType('ml.m6i.4xlarge');
  /** `ml.m6i.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_8XLARGE = new MlInstanceType('ml.m6i.8xlarge');
  /** `ml.m6i.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_LARGE = new MlInstanceType('ml.m6i.large');
  /** `ml.m6i.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M6I_XLARGE = new MlInstanceType('ml.m6i.xlarge');
  /** `ml.m6id.12xlarge`, for notebook instances. */
  public static readonly ML_M6ID_12XLARGE = new MlInstanceType('ml.m6id.12xlarge');
  /** `ml.m6id.16xlarge`, for notebook instances. */
  public static readonly ML_M6ID_16XLARGE = new MlInstanceType('ml.m6id.16xlarge');
  /** `ml.m6id.24xlarge`, for notebook instances. */
  public static readonly ML_M6ID_24XLARGE = new MlInstanceType('ml.m6id.24xlarge');
  /** `ml.m6id.2xlarge`, for notebook instances. */
  public static readonly ML_M6ID_2XLARGE = new MlInstanceType('ml.m6id.2xlarge');
  /** `ml.m6id.32xlarge`, for notebook instances. */
  public static readonly ML_M6ID_32XLARGE = new MlInstanceType('ml.m6id.32xlarge');
  /** `ml.m6id.4xlarge`, for notebook instances. */
  public static readonly ML_M6ID_4XLARGE = new MlInstanceType('ml.m6id.4xlarge');
  /** `ml.m6id.8xlarge`, for notebook instances. */
  public static readonly ML_M6ID_8XLARGE = new MlInstanceType('ml.m6id.8xlarge');
  /** `ml.m6id.large`, for notebook instances. */
  public static readonly ML_M6ID_LARGE = new MlInstanceType('ml.m6id.large');
  /** `ml.m6id.xlarge`, for notebook instances. */
  public static readonly ML_M6ID_XLARGE = new MlInstanceType('ml.m6id.xlarge');
  /** `ml.m7i.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_12XLARGE = new MlInstanceType('ml.m7i.12xlarge');
  /** `ml.m7i.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_16XLARGE = new MlInstanceType('ml.m7i.16xlarge');
  /** `ml.m7i.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_24XLARGE = new MlInstanceType('ml.m7i.24xlarge');
  /** `ml.m7i.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_2XLARGE = new MlInstanceType('ml.m7i.2xlarge');
  /** `ml.m7i.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_48XLARGE = new MlInstanceType('ml.m7i.48xlarge');
  /** `ml.m7i.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_4XLARGE = new MlInstanceType('ml.m7i.4xlarge');
  /** `ml.m7i.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_8XLARGE = new MlInstanceType('ml.m7i.8xlarge');
  /** `ml.m7i.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_LARGE = new MlInstanceType('ml.m7i.large');
  /** `ml.m7i.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_M7I_XLARGE = new MlInstanceType('ml.m7i.xlarge');
  /** `ml.m8i.12xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_12XLARGE = new MlInstanceType('ml.m8i.12xlarge');
  /** `ml.m8i.16xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_16XLARGE = new MlInstanceType('ml.m8i.16xlarge');
  /** `ml.m8i.24xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_24XLARGE = new MlInstanceType('ml.m8i.24xlarge');
  /** `ml.m8i.2xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_2XLARGE = new MlInstanceType('ml.m8i.2xlarge');
  /** `ml.m8i.32xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_32XLARGE = new MlInstanceType('ml.m8i.32xlarge');
  /** `ml.m8i.48xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_48XLARGE = new MlInstanceType('ml.m8i.48xlarge');
  /** `ml.m8i.4xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_4XLARGE = new MlInstanceType('ml.m8i.4xlarge');
  /** `ml.m8i.8xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_8XLARGE = new MlInstanceType('ml.m8i.8xlarge');
  /** `ml.m8i.96xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_96XLARGE = new MlInstanceType('ml.m8i.96xlarge');
  /** `ml.m8i.large`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_LARGE = new MlInstanceType('ml.m8i.large');
  /** `ml.m8i.xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_M8I_XLARGE = new MlInstanceType('ml.m8i.xlarge');
  /** `ml.p2.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P2_16XLARGE = new MlInstanceType('ml.p2.16xlarge');
  /** `ml.p2.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P2_8XLARGE = new MlInstanceType('ml.p2.8xlarge');
  /** `ml.p2.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P2_XLARGE = new MlInstanceType('ml.p2.xlarge');
  /** `ml.p3.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P3_16XLARGE = new MlInstanceType('ml.p3.16xlarge');
  /** `ml.p3.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P3_2XLARGE = new MlInstanceType('ml.p3.2xlarge');
  /** `ml.p3.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P3_8XLARGE = new MlInstanceType('ml.p3.8xlarge');
  /** `ml.p3dn.24xlarge`, for training jobs and notebook instances. */
  public static readonly ML_P3DN_24XLARGE = new MlInstanceType('ml.p3dn.24xlarge');
  /** `ml.p4d.24xlarge`, for training jobs and notebook instances. */
  public static readonly ML_P4D_24XLARGE = new MlInstanceType('ml.p4d.24xlarge');
  /** `ml.p4de.24xlarge`, for training jobs and notebook instances. */
  public static readonly ML_P4DE_24XLARGE = new MlInstanceType('ml.p4de.24xlarge');
  /** `ml.p5.48xlarge`, for training jobs and notebook instances. */
  public static readonly ML_P5_48XLARGE = new MlInstanceType('ml.p5.48xlarge');
  /** `ml.p5.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_P5_4XLARGE = new MlInstanceType('ml.p5.4xlarge');
  /** `ml.p5e.48xlarge`, for training jobs. */
  public static readonly ML_P5E_48XLARGE = new MlInstanceType('ml.p5e.48xlarge');
  /** `ml.p5en.48xlarge`, for training jobs and notebook instances. */
  public static readonly ML_P5EN_48XLARGE = new MlInstanceType('ml.p5en.48xlarge');
  /** `ml.p6-b200.48xlarge`, for training jobs and notebook instances. */
  public static readonly ML_P6_B200_48XLARGE = new MlInstanceType('ml.p6-b200.48xlarge');
  /** `ml.p6-b300.48xlarge`, for training jobs. */
  public static readonly ML_P6_B300_48XLARGE = new MlInstanceType('ml.p6-b300.48xlarge');
  /** `ml.p6e-gb200.36xlarge`, for training jobs. */
  public static readonly ML_P6E_GB200_36XLARGE = new MlInstanceType('ml.p6e-gb200.36xlarge');
  /** `ml.r5.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_12XLARGE = new MlInstanceType('ml.r5.12xlarge');
  /** `ml.r5.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_16XLARGE = new MlInstanceType('ml.r5.16xlarge');
  /** `ml.r5.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_24XLARGE = new MlInstanceType('ml.r5.24xlarge');
  /** `ml.r5.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_2XLARGE = new MlInstanceType('ml.r5.2xlarge');
  /** `ml.r5.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_4XLARGE = new MlInstanceType('ml.r5.4xlarge');
  /** `ml.r5.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_8XLARGE = new MlInstanceType('ml.r5.8xlarge');
  /** `ml.r5.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_LARGE = new MlInstanceType('ml.r5.large');
  /** `ml.r5.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R5_XLARGE = new MlInstanceType('ml.r5.xlarge');
  /** `ml.r5d.12xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_12XLARGE = new MlInstanceType('ml.r5d.12xlarge');
  /** `ml.r5d.16xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_16XLARGE = new MlInstanceType('ml.r5d.16xlarge');
  /** `ml.r5d.24xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_24XLARGE = new MlInstanceType('ml.r5d.24xlarge');
  /** `ml.r5d.2xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_2XLARGE = new MlInstanceType('ml.r5d.2xlarge');
  /** `ml.r5d.4xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_4XLARGE = new MlInstanceType('ml.r5d.4xlarge');
  /** `ml.r5d.8xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_8XLARGE = new MlInstanceType('ml.r5d.8xlarge');
  /** `ml.r5d.large`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_LARGE = new MlInstanceType('ml.r5d.large');
  /** `ml.r5d.xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R5D_XLARGE = new MlInstanceType('ml.r5d.xlarge');
  /** `ml.r6i.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_12XLARGE = new MlInstanceType('ml.r6i.12xlarge');
  /** `ml.r6i.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_16XLARGE = new MlInstanceType('ml.r6i.16xlarge');
  /** `ml.r6i.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_24XLARGE = new MlInstanceType('ml.r6i.24xlarge');
  /** `ml.r6i.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_2XLARGE = new MlInstanceType('ml.r6i.2xlarge');
  /** `ml.r6i.32xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_32XLARGE = new MlInstanceType('ml.r6i.32xlarge');
  /** `ml.r6i.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_4XLARGE = new MlInstanceType('ml.r6i.4xlarge');
  /** `ml.r6i.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_8XLARGE = new MlInstanceType('ml.r6i.8xlarge');
  /** `ml.r6i.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_LARGE = new MlInstanceType('ml.r6i.large');
  /** `ml.r6i.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R6I_XLARGE = new MlInstanceType('ml.r6i.xlarge');
  /** `ml.r6id.12xlarge`, for notebook instances. */
  public static readonly ML_R6ID_12XLARGE = new MlInstanceType('ml.r6id.12xlarge');
  /** `ml.r6id.16xlarge`, for notebook instances. */
  public static readonly ML_R6ID_16XLARGE = new MlInstanceType('ml.r6id.16xlarge');
  /** `ml.r6id.24xlarge`, for notebook instances. */
  public static readonly ML_R6ID_24XLARGE = new MlInstanceType('ml.r6id.24xlarge');
  /** `ml.r6id.2xlarge`, for notebook instances. */
  public static readonly ML_R6ID_2XLARGE = new MlInstanceType('ml.r6id.2xlarge');
  /** `ml.r6id.32xlarge`, for notebook instances. */
  public static readonly ML_R6ID_32XLARGE = new MlInstanceType('ml.r6id.32xlarge');
  /** `ml.r6id.4xlarge`, for notebook instances. */
  public static readonly ML_R6ID_4XLARGE = new MlInstanceType('ml.r6id.4xlarge');
  /** `ml.r6id.8xlarge`, for notebook instances. */
  public static readonly ML_R6ID_8XLARGE = new MlInstanceType('ml.r6id.8xlarge');
  /** `ml.r6id.large`, for notebook instances. */
  public static readonly ML_R6ID_LARGE = new MlInstanceType('ml.r6id.large');
  /** `ml.r6id.xlarge`, for notebook instances. */
  public static readonly ML_R6ID_XLARGE = new MlInstanceType('ml.r6id.xlarge');
  /** `ml.r7i.12xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_12XLARGE = new MlInstanceType('ml.r7i.12xlarge');
  /** `ml.r7i.16xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_16XLARGE = new MlInstanceType('ml.r7i.16xlarge');
  /** `ml.r7i.24xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_24XLARGE = new MlInstanceType('ml.r7i.24xlarge');
  /** `ml.r7i.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_2XLARGE = new MlInstanceType('ml.r7i.2xlarge');
  /** `ml.r7i.48xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_48XLARGE = new MlInstanceType('ml.r7i.48xlarge');
  /** `ml.r7i.4xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_4XLARGE = new MlInstanceType('ml.r7i.4xlarge');
  /** `ml.r7i.8xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_8XLARGE = new MlInstanceType('ml.r7i.8xlarge');
  /** `ml.r7i.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_LARGE = new MlInstanceType('ml.r7i.large');
  /** `ml.r7i.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_R7I_XLARGE = new MlInstanceType('ml.r7i.xlarge');
  /** `ml.r8i.12xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_12XLARGE = new MlInstanceType('ml.r8i.12xlarge');
  /** `ml.r8i.16xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_16XLARGE = new MlInstanceType('ml.r8i.16xlarge');
  /** `ml.r8i.24xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_24XLARGE = new MlInstanceType('ml.r8i.24xlarge');
  /** `ml.r8i.2xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_2XLARGE = new MlInstanceType('ml.r8i.2xlarge');
  /** `ml.r8i.32xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_32XLARGE = new MlInstanceType('ml.r8i.32xlarge');
  /** `ml.r8i.48xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_48XLARGE = new MlInstanceType('ml.r8i.48xlarge');
  /** `ml.r8i.4xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_4XLARGE = new MlInstanceType('ml.r8i.4xlarge');
  /** `ml.r8i.8xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_8XLARGE = new MlInstanceType('ml.r8i.8xlarge');
  /** `ml.r8i.96xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_96XLARGE = new MlInstanceType('ml.r8i.96xlarge');
  /** `ml.r8i.large`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_LARGE = new MlInstanceType('ml.r8i.large');
  /** `ml.r8i.xlarge`, for training jobs and rules of Debugger. */
  public static readonly ML_R8I_XLARGE = new MlInstanceType('ml.r8i.xlarge');
  /** `ml.t2.2xlarge`, for notebook instances. */
  public static readonly ML_T2_2XLARGE = new MlInstanceType('ml.t2.2xlarge');
  /** `ml.t2.large`, for notebook instances. */
  public static readonly ML_T2_LARGE = new MlInstanceType('ml.t2.large');
  /** `ml.t2.medium`, for notebook instances. */
  public static readonly ML_T2_MEDIUM = new MlInstanceType('ml.t2.medium');
  /** `ml.t2.xlarge`, for notebook instances. */
  public static readonly ML_T2_XLARGE = new MlInstanceType('ml.t2.xlarge');
  /** `ml.t3.2xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_T3_2XLARGE = new MlInstanceType('ml.t3.2xlarge');
  /** `ml.t3.large`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_T3_LARGE = new MlInstanceType('ml.t3.large');
  /** `ml.t3.medium`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_T3_MEDIUM = new MlInstanceType('ml.t3.medium');
  /** `ml.t3.xlarge`, for training jobs, rules of Debugger and notebook instances. */
  public static readonly ML_T3_XLARGE = new MlInstanceType('ml.t3.xlarge');
  /** `ml.trn1.2xlarge`, for training jobs and notebook instances. */
  public static readonly ML_TRN1_2XLARGE = new MlInstanceType('ml.trn1.2xlarge');
  /** `ml.trn1.32xlarge`, for training jobs and notebook instances. */
  public static readonly ML_TRN1_32XLARGE = new MlInstanceType('ml.trn1.32xlarge');
  /** `ml.trn1n.32xlarge`, for training jobs and notebook instances. */
  public static readonly ML_TRN1N_32XLARGE = new MlInstanceType('ml.trn1n.32xlarge');
  /** `ml.trn2.48xlarge`, for training jobs. */
  public static readonly ML_TRN2_48XLARGE = new MlInstanceType('ml.trn2.48xlarge');

  /**
   * Returns an instance type by its name.
   *
   * @param value the name, such as `ml.m5.xlarge`, or a token
   */
  public static of(value: string): MlInstanceType {
    return new MlInstanceType(value);
  }

  /** @param value The name of the instance type, as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the name of the instance type. */
  public toString(): string {
    return this.value;
  }
}
