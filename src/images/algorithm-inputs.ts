/** The values that a hyperparameter accepts. */
export interface HyperparameterFact {
  /** Whether the algorithm requires it, always or if another hyperparameter has one of some values. */
  readonly required?: true | { readonly hyperparameter: string; readonly values: readonly string[] };
  /** The accepted values, one of which must match. Undefined: any value. */
  readonly values?: readonly ValueFact[];
}

/** A literal value, a Boolean, or a number within limits. */
export type ValueFact = string | { readonly boolean: true } | NumberFact;

/** A number within limits. */
export interface NumberFact {
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
  /** Whether the limits themselves are excluded. */
  readonly minExcluded: boolean;
  readonly maxExcluded: boolean;
}

/** The documented hyperparameters and channels of a built-in algorithm. */
export interface AlgorithmInputs {
  /** The page of the developer guide that lists the hyperparameters. */
  readonly page: string;
  /** The hyperparameters in the format that `hyperparametersOf` parses. */
  readonly hyperparameters: string;
  readonly requiredChannels: readonly string[];
  readonly optionalChannels: readonly string[];
  /** The accepted media types of `ContentType`. Empty if it does not specify the format. */
  readonly contentTypes: readonly string[];
  /** The default media type. Undefined if the documentation requires a `ContentType`. */
  readonly defaultContentType?: string;
  /** Whether newer versions of the algorithm may accept other values. */
  readonly versioned?: boolean;
  /** The documented processors. */
  readonly processors: 'cpu' | 'gpu' | 'both';
}

// Sources: the hyperparameters from the page of each algorithm, channels and processors from "Common Information About Built-in
// Algorithms" (common-info-all-im-models), content types from "Common Data Formats for Training" (cdf-training) and the pages of
// the algorithms, all of the Amazon SageMaker Developer Guide; the objectives of XGBoost and what its page leaves out from the
// hyperparameter and channel validation of aws/sagemaker-xgboost-container.
//
// A line is a hyperparameter: its name, `!` where it is required (`!mode=a,b`: where `mode` is a or b), and its values, separated
// by `|`: literals, `bool`, or `int` and `num` with the limits as an interval.

const PROTOBUF = 'application/x-recordio-protobuf';
const CSV = 'text/csv';
const RECORD_IO = 'application/x-recordio';
const IMAGES = ['application/x-image', 'image/jpeg', 'image/png'];
const MODEL = 'application/x-sagemaker-model';
const TABULAR = { contentTypes: [PROTOBUF, CSV], defaultContentType: PROTOBUF };

const XGBOOST = `
num_round! int[1,)
num_class!objective=multi:softmax,multi:softprob int[2,)
alpha num[0,)
base_score num
booster gbtree|gblinear|dart
colsample_bylevel num[0,1]
colsample_bynode num(0,1]
colsample_bytree num[0,1]
csv_weights 0|1
deterministic_histogram bool
early_stopping_rounds int[1,)
eta num[0,1]
eval_metric
gamma num[0,)
grow_policy depthwise|lossguide
interaction_constraints
lambda num[0,)
lambda_bias num[0,1]
max_bin int[0,)
max_delta_step num[0,)
max_depth int[0,)
max_leaves int[0,)
min_child_weight num[0,)
monotone_constraints
normalize_type tree|forest
nthread int
num_parallel_tree int[1,)
objective binary:logistic|binary:logitraw|binary:hinge|count:poisson|multi:softmax|multi:softprob|rank:pairwise|rank:ndcg|rank:map|reg:linear|reg:squarederror|reg:logistic|reg:gamma|reg:pseudohubererror|reg:squaredlogerror|reg:absoluteerror|reg:tweedie|survival:aft|survival:cox
one_drop 0|1
predictor auto|cpu_predictor|gpu_predictor
prob_buffer_row num(1,)
process_type default|update
rate_drop num[0,1]
refresh_leaf 0|1
sample_type uniform|weighted
sampling_method uniform|gradient_based
save_model_on_termination bool
scale_pos_weight num
seed int
silent 0|1
single_precision_histogram bool
sketch_eps num[0,1]
skip_drop num[0,1]
subsample num[0,1]
tree_method auto|exact|approx|hist|gpu_hist
tweedie_variance_power num(1,2)
updater
use_dask_gpu_training bool
verbosity int[0,3]
dsplit row|col
aft_loss_distribution normal|logistic|extreme
aft_loss_distribution_scale num[0,)
learning_rate num[0,1]
min_split_loss num[0,)
reg_alpha num[0,)
reg_lambda num[0,)
`;

const LINEAR_LEARNER = `
predictor_type! binary_classifier|multiclass_classifier|regressor
num_classes!predictor_type=multiclass_classifier int[3,1000000]
accuracy_top_k int[1,)
balance_multiclass_weights bool
beta_1 auto|num[0,1]
beta_2 auto|num[0,1]
bias_lr_mult auto|num(0,)
bias_wd_mult auto|num[0,)
binary_classifier_model_selection_criteria accuracy|f_beta|precision_at_target_recall|recall_at_target_precision|loss_function
early_stopping_patience int[1,)
early_stopping_tolerance num(0,)
epochs int[1,)
f_beta num(0,)
feature_dim auto|int[1,)
huber_delta num(0,)
init_bias num
init_method uniform|normal
init_scale num(0,)
init_sigma num(0,)
l1 auto|num[0,)
learning_rate auto|num(0,)
loss auto|logistic|squared_loss|absolute_loss|hinge_loss|eps_insensitive_squared_loss|eps_insensitive_absolute_loss|quantile_loss|huber_loss|softmax_loss
loss_insensitivity num(0,)
lr_scheduler_factor auto|num(0,1)
lr_scheduler_minimum_lr auto|num(0,)
lr_scheduler_step auto|int[1,)
margin num(0,)
mini_batch_size int[1,)
momentum auto|num[0,1]
normalize_data auto|bool
normalize_label auto|bool
num_calibration_samples auto|int[1,)
num_models auto|int[1,)
num_point_for_scaler int[1,)
optimizer auto|adam|sgd|rmsprop
positive_example_weight_mult balanced|auto|num(0,)
quantile num[0,1]
target_precision num[0,1]
target_recall num[0,1]
unbias_data auto|bool
unbias_label auto|bool
use_bias bool
use_lr_scheduler bool
wd auto|num[0,)
`;

const K_MEANS = `
feature_dim! int[1,)
k! int[1,)
epochs int[1,)
eval_metrics
extra_center_factor auto|int[1,)
half_life_time_size int[0,)
init_method random|kmeans++
local_lloyd_init_method random|kmeans++
local_lloyd_max_iter int[1,)
local_lloyd_num_trials auto|int[1,)
local_lloyd_tol num[0,1]
mini_batch_size int[1,)
`;

const K_NN = `
feature_dim! int[1,)
k! int[1,)
predictor_type! classifier|regressor
sample_size! int[1,)
dimension_reduction_target!dimension_reduction_type=sign,fjlt int[1,)
dimension_reduction_type sign|fjlt
faiss_index_ivf_nlists auto|int[1,)
faiss_index_pq_m 1|2|3|4|8|12|16|20|24|28|32|40|48|56|64|96
index_metric L2|INNER_PRODUCT|COSINE
index_type faiss.Flat|faiss.IVFFlat|faiss.IVFPQ
mini_batch_size int[1,)
`;

const PCA = `
feature_dim! int[1,)
mini_batch_size! int[1,)
num_components! int[1,)
algorithm_mode regular|randomized
extra_components int[-1,)
subtract_mean bool
`;

const LDA = `
num_topics! int[1,)
feature_dim! int[1,)
mini_batch_size! int[1,)
alpha0 num(0,)
max_restarts int[1,)
max_iterations int[1,)
tol num(0,)
`;

const NTM = `
feature_dim! int[1,1000000]
num_topics! int[2,1000]
batch_norm bool
clip_gradient num[0.001,)
encoder_layers
encoder_layers_activation sigmoid|tanh|relu
epochs int[1,)
learning_rate num[0.000001,1]
mini_batch_size int[1,10000]
num_patience_epochs int[1,)
optimizer sgd|adam|adagrad|adadelta|rmsprop
rescale_gradient num[0.001,1]
sub_sample num[0,1]
tolerance num[0.000001,0.1]
weight_decay num[0,1]
`;

const BLAZING_TEXT = `
mode! batch_skipgram|skipgram|cbow|supervised
batch_size int[1,)
buckets int[1,)
early_stopping bool
epochs int[1,)
evaluation bool
learning_rate num(0,)
max_char int[1,)
min_char int[1,)
min_count int[0,)
min_epochs int[1,)
negative_samples int[1,)
patience int[1,)
sampling_threshold num(0,)
subwords bool
vector_dim int[1,)
window_size int[1,)
word_ngrams int[1,)
`;

const OBJECT_DETECTION = `
num_classes! int[1,)
num_training_samples! int[1,)
base_network vgg-16|resnet-50
early_stopping bool
early_stopping_min_epochs int[1,)
early_stopping_patience int[1,)
early_stopping_tolerance num[0,1]
image_shape int[300,)
epochs int[1,)
freeze_layer_pattern
kv_store dist_sync|dist_async
label_width int[1,)
learning_rate num(0,1]
lr_scheduler_factor num(0,1)
lr_scheduler_step
mini_batch_size int[1,)
momentum num(0,1]
nms_threshold num(0,1]
optimizer sgd|adam|rmsprop|adadelta
overlap_threshold num(0,1]
use_pretrained_model 0|1
weight_decay num(0,1)
`;

const IMAGE_CLASSIFICATION = `
num_classes! int[1,)
num_training_samples! int[1,)
augmentation_type crop|crop_color|crop_color_transform
beta_1 num[0,1]
beta_2 num[0,1]
checkpoint_frequency int[1,)
early_stopping bool
early_stopping_min_epochs int[1,)
early_stopping_patience int[1,)
early_stopping_tolerance num[0,1]
epochs int[1,)
eps num[0,1]
gamma num[0,1]
image_shape
kv_store dist_sync|dist_async
learning_rate num[0,1]
lr_scheduler_factor num[0,1]
lr_scheduler_step
mini_batch_size int[1,)
momentum num[0,1]
multi_label 0|1
num_layers 18|20|32|34|44|50|56|101|110|152|200
optimizer sgd|adam|rmsprop|nag
precision_dtype float32|float16
resize int[1,)
top_k int[2,)
use_pretrained_model 0|1
use_weighted_loss 0|1
weight_decay num[0,1]
`;

const SEMANTIC_SEGMENTATION = `
num_classes! int[2,254]
num_training_samples! int[1,)
algorithm fcn|psp|deeplab
backbone resnet-50|resnet-101
base_size int(16,)
crop_size int(16,)
early_stopping bool
early_stopping_min_epochs int
early_stopping_patience int
early_stopping_tolerance num[0,1]
epochs int[1,)
gamma1 num[0,1]
gamma2 num[0,1]
learning_rate num(0,1]
lr_scheduler step|poly|cosine
lr_scheduler_factor num[0,1]
lr_scheduler_step
mini_batch_size int[1,)
momentum num(0,1]
optimizer adam|adagrad|nag|rmsprop|sgd
syncbn bool
use_pretrained_model bool
validation_mini_batch_size int[1,)
weight_decay num(0,1)
`;

const SEQ2SEQ = `
batch_size int[1,)
beam_size int[1,)
bleu_sample_size int
bucket_width int[1,)
bucketing_enabled bool
checkpoint_frequency_num_batches int[1,)
checkpoint_threshold int[1,)
clip_gradient num
cnn_activation_type glu|relu|softrelu|sigmoid|tanh
cnn_hidden_dropout num[0,1]
cnn_kernel_width_decoder int[1,)
cnn_kernel_width_encoder int[1,)
cnn_num_hidden int[1,)
decoder_type rnn|cnn
embed_dropout_source num[0,1]
embed_dropout_target num[0,1]
encoder_type rnn|cnn
fixed_rate_lr_half_life int[1,)
learning_rate num
loss_type cross-entropy
lr_scheduler_type plateau_reduce|fixed_rate_inv_t|fixed_rate_inv_sqrt_t
max_num_batches int
max_num_epochs int
max_seq_len_source int[1,)
max_seq_len_target int[1,)
min_num_epochs int[1,)
momentum num
num_embed_source int[1,)
num_embed_target int[1,)
num_layers_decoder int[1,)
num_layers_encoder int[1,)
optimized_metric perplexity|accuracy|bleu
optimizer_type adam|sgd|rmsprop
plateau_reduce_lr_factor num
plateau_reduce_lr_threshold int[1,)
rnn_attention_in_upper_layers bool
rnn_attention_num_hidden int[1,)
rnn_attention_type dot|fixed|mlp|bilinear
rnn_cell_type lstm|gru
rnn_decoder_state_init last|avg|zero
rnn_first_residual_layer int[1,)
rnn_num_hidden int[1,)
rnn_residual_connections bool
rnn_decoder_hidden_dropout num[0,1]
training_metric perplexity|accuracy
weight_decay num
weight_init_scale num
weight_init_type uniform|xavier
xavier_factor_type in|out|avg
`;

const OBJECT2VEC = `
enc0_max_seq_len! int[1,5000]
enc0_vocab_size! int[2,3000000]
bucket_width int[0,100]
comparator_list
dropout num[0,1]
early_stopping_patience int[1,5]
early_stopping_tolerance num[0.000001,0.1]
enc_dim int[4,10000]
enc0_network hcnn|bilstm|pooled_embedding
enc0_cnn_filter_width int[1,9]
enc0_freeze_pretrained_embedding bool
enc0_layers auto|int[1,4]
enc0_pretrained_embedding_file
enc0_token_embedding_dim int[2,1000]
enc0_vocab_file
enc1_network enc0|hcnn|bilstm|pooled_embedding
enc1_cnn_filter_width int[1,9]
enc1_freeze_pretrained_embedding bool
enc1_layers auto|int[1,4]
enc1_max_seq_len int[1,5000]
enc1_pretrained_embedding_file
enc1_token_embedding_dim int[2,1000]
enc1_vocab_file
enc1_vocab_size int[2,3000000]
epochs int[1,100]
learning_rate num[0.000001,1]
mini_batch_size int[1,10000]
mlp_activation tanh|relu|linear
mlp_dim int[2,10000]
mlp_layers int[0,10]
negative_sampling_rate int[0,)
num_classes int[2,30]
optimizer adadelta|adagrad|adam|sgd|rmsprop
output_layer softmax|mean_squared_error
tied_token_embedding_weight bool
token_embedding_storage_type dense|row_sparse
weight_decay num[0,10000]
`;

const IP_INSIGHTS = `
num_entity_vectors! int[1,250000000]
vector_dim! int[4,4096]
batch_metrics_publish_interval int[1,)
epochs int[1,)
learning_rate num[0.000001,10]
mini_batch_size int[1,500000]
num_ip_encoder_layers int[0,100]
random_negative_sampling_rate int[0,500]
shuffled_negative_sampling_rate int[0,500]
weight_decay num[0,10]
`;

const FACTORIZATION_MACHINES = `
feature_dim! int[1,)
num_factors! int[1,)
predictor_type! binary_classifier|regressor
bias_init_method uniform|normal|constant
bias_init_scale num[0,)
bias_init_sigma num[0,)
bias_init_value num
bias_lr num[0,)
bias_wd num[0,)
clip_gradient num
epochs int[1,)
eps num
factors_init_method uniform|normal|constant
factors_init_scale num[0,)
factors_init_sigma num[0,)
factors_init_value num
factors_lr num[0,)
factors_wd num[0,)
linear_lr num[0,)
linear_init_method uniform|normal|constant
linear_init_scale num[0,)
linear_init_sigma num[0,)
linear_init_value num
linear_wd num[0,)
mini_batch_size int[1,)
rescale_grad num
`;

const DEEP_AR = `
context_length! int[1,)
epochs! int[1,)
prediction_length! int[1,)
time_freq!
cardinality
dropout_rate num
early_stopping_patience int
embedding_dimension int[1,)
learning_rate num
likelihood gaussian|beta|negative-binomial|student-T|deterministic-L1
mini_batch_size int[1,)
num_cells int[1,)
num_dynamic_feat
num_eval_samples int
num_layers int[1,)
test_quantiles
`;

const RANDOM_CUT_FOREST = `
feature_dim! int[1,10000]
eval_metrics
num_samples_per_tree int[1,2048]
num_trees int[50,1000]
`;

/** The inputs of the built-in algorithms, by repository. */
export const ALGORITHM_INPUTS: { readonly [repositoryName: string]: AlgorithmInputs } = {
  'sagemaker-xgboost': {
    page: 'xgboost_hyperparameters',
    hyperparameters: XGBOOST,
    requiredChannels: ['train'],
    optionalChannels: ['validation', 'code'],
    contentTypes: [
      'text/libsvm', 'text/x-libsvm', 'libsvm', CSV, 'csv', 'application/x-parquet', 'parquet', PROTOBUF, 'recordio-protobuf', 'text/python',
    ],
    defaultContentType: 'text/libsvm',
    versioned: true,
    processors: 'both',
  },
  'linear-learner': {
    ...TABULAR, page: 'll_hyperparameters', hyperparameters: LINEAR_LEARNER, requiredChannels: ['train'], optionalChannels: ['validation', 'test'], processors: 'both',
  },
  'kmeans': {
    ...TABULAR, page: 'k-means-api-config', hyperparameters: K_MEANS, requiredChannels: ['train'], optionalChannels: ['test'], processors: 'both',
  },
  'knn': {
    ...TABULAR, page: 'kNN_hyperparameters', hyperparameters: K_NN, requiredChannels: ['train'], optionalChannels: ['test'], processors: 'both',
  },
  'pca': {
    ...TABULAR, page: 'PCA-reference', hyperparameters: PCA, requiredChannels: ['train'], optionalChannels: ['test'], processors: 'both',
  },
  'lda': {
    ...TABULAR, page: 'lda_hyperparameters', hyperparameters: LDA, requiredChannels: ['train'], optionalChannels: ['test'], processors: 'cpu',
  },
  'ntm': {
    page: 'ntm_hyperparameters',
    hyperparameters: NTM,
    requiredChannels: ['train'],
    optionalChannels: ['validation', 'test', 'auxiliary'],
    contentTypes: [PROTOBUF, CSV, 'text/plain'],
    defaultContentType: PROTOBUF,
    processors: 'both',
  },
  'blazingtext': {
    page: 'blazingtext_hyperparameters',
    hyperparameters: BLAZING_TEXT,
    requiredChannels: ['train'],
    optionalChannels: ['validation', 'model'],
    contentTypes: [],
    defaultContentType: 'text/plain',
    processors: 'both',
  },
  'object-detection': {
    page: 'object-detection-api-config',
    hyperparameters: OBJECT_DETECTION,
    requiredChannels: ['train', 'validation'],
    optionalChannels: ['train_annotation', 'validation_annotation', 'model'],
    contentTypes: [RECORD_IO, ...IMAGES, MODEL],
    processors: 'gpu',
  },
  'image-classification': {
    page: 'IC-Hyperparameter',
    hyperparameters: IMAGE_CLASSIFICATION,
    requiredChannels: ['train', 'validation'],
    optionalChannels: ['train_lst', 'validation_lst', 'model'],
    contentTypes: [RECORD_IO, ...IMAGES, MODEL],
    processors: 'gpu',
  },
  'semantic-segmentation': {
    page: 'segmentation-hyperparameters',
    hyperparameters: SEMANTIC_SEGMENTATION,
    requiredChannels: ['train', 'validation', 'train_annotation', 'validation_annotation'],
    optionalChannels: ['label_map', 'model'],
    contentTypes: [...IMAGES, RECORD_IO, 'application/json', MODEL],
    defaultContentType: 'image/jpeg',
    processors: 'gpu',
  },
  'seq2seq': {
    page: 'seq-2-seq-hyperparameters',
    hyperparameters: SEQ2SEQ,
    requiredChannels: ['train', 'validation', 'vocab'],
    optionalChannels: [],
    contentTypes: [],
    defaultContentType: PROTOBUF,
    processors: 'gpu',
  },
  'object2vec': {
    page: 'object2vec-hyperparameters',
    hyperparameters: OBJECT2VEC,
    requiredChannels: ['train'],
    optionalChannels: ['validation', 'test', 'auxiliary'],
    contentTypes: [],
    defaultContentType: 'application/jsonlines',
    processors: 'both',
  },
  'ipinsights': {
    page: 'ip-insights-hyperparameters',
    hyperparameters: IP_INSIGHTS,
    requiredChannels: ['train'],
    optionalChannels: ['validation'],
    contentTypes: [CSV],
    processors: 'both',
  },
  'factorization-machines': {
    page: 'fact-machines-hyperparameters',
    hyperparameters: FACTORIZATION_MACHINES,
    requiredChannels: ['train'],
    optionalChannels: ['test'],
    contentTypes: [PROTOBUF],
    defaultContentType: PROTOBUF,
    processors: 'both',
  },
  'forecasting-deepar': {
    page: 'deepar_hyperparameters',
    hyperparameters: DEEP_AR,
    requiredChannels: ['train'],
    optionalChannels: ['test'],
    contentTypes: [],
    defaultContentType: 'application/jsonlines',
    processors: 'both',
  },
  'randomcutforest': {
    page: 'rcf_hyperparameters',
    hyperparameters: RANDOM_CUT_FOREST,
    requiredChannels: ['train'],
    optionalChannels: ['test'],
    contentTypes: [PROTOBUF, CSV],
    defaultContentType: PROTOBUF,
    processors: 'cpu',
  },
};

const PARSED = new Map<string, Hyperparameters>();

/** The hyperparameters by name. */
export type Hyperparameters = { readonly [name: string]: HyperparameterFact };

/** Returns the hyperparameters of an algorithm. They are parsed on first use. */
export function hyperparametersOf({ hyperparameters: lines }: AlgorithmInputs): Hyperparameters {
  const parsed = PARSED.get(lines) ?? parse(lines);
  PARSED.set(lines, parsed);
  return parsed;
}

function parse(lines: string): Hyperparameters {
  return Object.fromEntries(lines.trim().split('\n').map((line) => {
    const [head, values] = line.split(' ');
    const [name, condition] = head.split('!');
    return [name, { required: requirement(condition), values: values?.split('|').map(valueFact) }];
  }));
}

function requirement(condition: string | undefined): HyperparameterFact['required'] {
  if (!condition) return condition === undefined ? undefined : true;
  const [hyperparameter, values] = condition.split('=');
  return { hyperparameter, values: values.split(',') };
}

const NUMBER = /^(int|num)(?:([[(])([^,]*),([^\])]*)([\])]))?$/;

function valueFact(value: string): ValueFact {
  if (value === 'bool') return { boolean: true };
  const number = NUMBER.exec(value);
  if (!number) return value;
  const [, type, begin, min, max, end] = number;
  return {
    integer: type === 'int', min: min ? Number(min) : -Infinity, max: max ? Number(max) : Infinity, minExcluded: begin === '(', maxExcluded: end === ')',
  };
}
