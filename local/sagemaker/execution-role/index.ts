export { COMPILATION_USES } from './compilation-needs';
export { ANY_ROLE, type ExecutionRoles, type Need } from './execution-roles';
export { type Denial, type JobRole, JobRoles, type LogPermission, type Phase, type Use } from './job-role';
export { MODEL_USES } from './model-needs';
export { NOTEBOOK_USES } from './notebook-needs';
export { OPTIMIZATION_USES } from './optimization-needs';
export { PROCESSING_USES } from './processing-needs';
export { TRAINING_USES } from './training-needs';
export { TRANSFORM_USES } from './transform-needs';
