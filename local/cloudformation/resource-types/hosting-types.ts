import { arn, byArn, type NativeContext, type NativeTypes, type PhysicalContext } from './native-type';

/** The ARN of a SageMaker resource, with the name in lowercase. */
export const sageMakerArn = (kind: string) => (name: string, context: NativeContext) => arn('sagemaker', `${kind}/${name.toLowerCase()}`, context);

/** Returns the specified name or the generated one. A specified name may differ from the ARN in case. */
export function nameOf({ properties, physicalId }: PhysicalContext, property: string): string {
  return String(properties[property] ?? physicalId.split('/').pop());
}

/** Models and endpoints. */
export const HOSTING: NativeTypes = {
  'AWS::SageMaker::Model': byArn('ModelName', { max: 63, prefix: 'logical id' }, sageMakerArn('model'), {
    taggable: true,
    immutable: ['Containers', 'EnableNetworkIsolation', 'ExecutionRoleArn', 'InferenceExecutionConfig', 'PrimaryContainer', 'VpcConfig'],
    attributes: { ModelArn: c => c.physicalId, ModelName: c => nameOf(c, 'ModelName') },
    seconds: 2,
    put: (c) => {
      if (!c.previous) c.services.sageMaker.hosting.createModel({ ...c.properties, ModelName: nameOf(c, 'ModelName') });
    },
    remove: (c) => c.services.sageMaker.hosting.deleteModel(nameOf(c, 'ModelName')),
  }),
  'AWS::SageMaker::EndpointConfig': byArn('EndpointConfigName', { max: 63, prefix: 'logical id' }, sageMakerArn('endpoint-config'), {
    taggable: true,
    immutable: [
      'AsyncInferenceConfig', 'DataCaptureConfig', 'EnableNetworkIsolation', 'ExecutionRoleArn', 'ExplainerConfig', 'KmsKeyId', 'MetricsConfig',
      'ProductionVariants', 'ShadowProductionVariants', 'VpcConfig',
    ],
    attributes: { EndpointConfigArn: c => c.physicalId, EndpointConfigName: c => nameOf(c, 'EndpointConfigName') },
    seconds: 2,
    put: (c) => {
      if (!c.previous) c.services.sageMaker.hosting.createEndpointConfig({ ...c.properties, EndpointConfigName: nameOf(c, 'EndpointConfigName') });
    },
    remove: (c) => c.services.sageMaker.hosting.deleteEndpointConfig(nameOf(c, 'EndpointConfigName')),
  }),
  'AWS::SageMaker::Endpoint': byArn('EndpointName', { max: 63, prefix: 'logical id' }, sageMakerArn('endpoint'), {
    taggable: true,
    attributes: { EndpointArn: c => c.physicalId, EndpointName: c => nameOf(c, 'EndpointName') },
    put: (c) => {
      const name = nameOf(c, 'EndpointName');
      const config = String(c.properties.EndpointConfigName);
      if (!c.previous) c.services.sageMaker.hosting.createEndpoint(name, config, c.properties.Tags);
      else if (c.previous.EndpointConfigName !== config) c.services.sageMaker.hosting.updateEndpoint(name, config);
    },
    settle: async (c) => {
      while (c.services.sageMaker.hosting.endpointStatus(nameOf(c, 'EndpointName')) !== 'InService') await c.wait(5);
    },
    remove: (c) => c.services.sageMaker.hosting.deleteEndpoint(nameOf(c, 'EndpointName')),
  }),
};
