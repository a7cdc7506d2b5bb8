import type { Hosting, Endpoint, EndpointConfig, Model } from './hosting';
import type { Operation } from '../../api/service';
import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import { defined, seconds } from '../description';
import { type ListDefaults, type ListRequest, listResources } from '../resource-lists';

type Named = { readonly [member: string]: string };

/** The operations on models, endpoint configurations and endpoints. */
export function hostingOperations(hosting: Hosting): { readonly [operation: string]: Operation } {
  return {
    CreateModel: (request: JsonObject) => {
      hosting.createModel(request);
      return { ModelArn: hosting.model(String(request.ModelName)).arn };
    },
    DescribeModel: ({ ModelName }: Named) => describeModel(hosting.model(ModelName)),
    DeleteModel: ({ ModelName }: Named) => hosting.deleteModel(ModelName),
    ListModels: (request: ListRequest) => listResources([...hosting.models.values()], request, NEWEST_FIRST, 'Models',
      ({ name, arn, creationTime }) => ({ ModelName: name, ModelArn: arn, CreationTime: creationTime / 1000 })),
    CreateEndpointConfig: (request: JsonObject) => {
      hosting.createEndpointConfig(request);
      return { EndpointConfigArn: hosting.endpointConfig(String(request.EndpointConfigName)).arn };
    },
    DescribeEndpointConfig: ({ EndpointConfigName }: Named) => describeConfig(hosting.endpointConfig(EndpointConfigName)),
    DeleteEndpointConfig: ({ EndpointConfigName }: Named) => hosting.deleteEndpointConfig(EndpointConfigName),
    ListEndpointConfigs: (request: ListRequest) => listResources([...hosting.endpointConfigs.values()], request, NEWEST_FIRST, 'EndpointConfigs',
      ({ name, arn, creationTime }) => ({ EndpointConfigName: name, EndpointConfigArn: arn, CreationTime: creationTime / 1000 })),
    CreateEndpoint: ({ EndpointName, EndpointConfigName, Tags }: { EndpointName: string; EndpointConfigName: string; Tags?: Json }) => {
      hosting.createEndpoint(EndpointName, EndpointConfigName, Tags);
      return { EndpointArn: hosting.endpoint(EndpointName).arn };
    },
    UpdateEndpoint: ({ EndpointName, EndpointConfigName }: Named) => {
      hosting.updateEndpoint(EndpointName, EndpointConfigName);
      return { EndpointArn: hosting.endpoint(EndpointName).arn };
    },
    DescribeEndpoint: ({ EndpointName }: Named) => describeEndpoint(hosting.endpoint(EndpointName)),
    DeleteEndpoint: ({ EndpointName }: Named) => hosting.deleteEndpoint(EndpointName),
    ListEndpoints: (request: ListRequest) => listResources([...hosting.endpoints.values()], request, NEWEST_FIRST, 'Endpoints', ({ name, arn, status, creationTime, lastModifiedTime }) => ({
      EndpointName: name, EndpointArn: arn, EndpointStatus: status, CreationTime: creationTime / 1000, LastModifiedTime: lastModifiedTime / 1000,
    })),
  };
}

/** The documented defaults of all lists of hosting. */
const NEWEST_FIRST: ListDefaults = { sortBy: 'CreationTime', sortOrder: 'Descending' };

function describeModel({ arn, creationTime, request: { Tags: _, ...request } }: Model): JsonObject {
  return defined({ EnableNetworkIsolation: false, ...request, ModelArn: arn, CreationTime: seconds(creationTime) });
}

function describeConfig({ arn, creationTime, request: { Tags: _, ...request } }: EndpointConfig): JsonObject {
  return defined({ ...request, EndpointConfigArn: arn, CreationTime: seconds(creationTime) });
}

/** The output of DescribeEndpoint. */
export function describeEndpoint({ arn, config, creationTime, lastModifiedTime, name, status }: Endpoint): JsonObject {
  const variants = config.request.ProductionVariants as JsonObject[];
  return defined({
    EndpointName: name,
    EndpointArn: arn,
    EndpointConfigName: config.name,
    EndpointStatus: status,
    // While the first deployment is in progress, there are no variants.
    ProductionVariants: status === 'Creating' ? undefined : variants.map(({ InitialInstanceCount: count, InitialVariantWeight: weight = 1, VariantName }) => defined({
      VariantName, CurrentWeight: weight, DesiredWeight: weight, CurrentInstanceCount: count, DesiredInstanceCount: count,
    })),
    CreationTime: seconds(creationTime),
    LastModifiedTime: seconds(lastModifiedTime),
  });
}
