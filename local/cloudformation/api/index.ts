export { CloudFormationApi } from './cloudformation-api';
export { templateOf } from './template-source';
