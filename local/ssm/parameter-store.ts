import { type Model, structure } from '../api/api-model';
import type { Service } from '../api/service';
import { ServiceError } from '../api/service-error';

/** A parameter of the Parameter Store. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

const MODEL: Model = {
  operations: {
    GetParameter: { input: 'GetParameterRequest' },
    GetParameters: { input: 'GetParametersRequest' },
  },
  shapes: {
    Name: { type: 'string', min: 1 },
    Names: { type: 'list', member: 'Name', min: 1, max: 10 },
    Boolean: { type: 'boolean' },
    GetParameterRequest: structure(['Name'], { Name: 'Name', WithDecryption: 'Boolean' }),
    GetParametersRequest: structure(['Names'], { Names: 'Names', WithDecryption: 'Boolean' }),
  },
};

/** Systems Manager's Parameter Store, as far as it is read. */
export class ParameterStore implements Service {
  readonly name = 'ssm';
  readonly targetPrefix = 'AmazonSSM';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = MODEL;
  readonly operations: Service['operations'] = {
    GetParameter: ({ Name }: { Name: string }) => {
      const parameter = this.find(Name);
      if (!parameter) throw new ServiceError('ParameterNotFound', '');
      return { Parameter: this.describe(parameter) };
    },
    GetParameters: ({ Names }: { Names: string[] }) => {
      const found = Names.map((name) => this.find(name)).filter((parameter) => parameter !== undefined);
      return {
        Parameters: found.map((parameter) => this.describe(parameter)),
        InvalidParameters: Names.filter((name) => !this.find(name)),
      };
    },
  };

  /**
   * @param arnPrefix `arn:aws:ssm:region:account`
   * @param parameters All that there are now
   */
  constructor(private readonly arnPrefix: string, private readonly parameters: () => readonly Parameter[]) {}

  private find(name: string): Parameter | undefined {
    return this.parameters().find((parameter) => parameter.name === name);
  }

  private describe({ name, type, value }: Parameter) {
    const arn = `${this.arnPrefix}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
    return { Name: name, Type: type, Value: value, Version: 1, ARN: arn, DataType: 'text' };
  }
}
