import { SHAPES } from '../../src/validation/model.generated';

/** The enumerations of the API that list the instance types of each kind of resource. */
const USES: { readonly [shape: string]: string } = {
  TrainingInstanceType: 'training jobs',
  ProcessingInstanceType: 'rules of Debugger',
  InstanceType: 'notebook instances',
};

/** The file that holds the class of all instance types. */
export function renderInstanceTypes(): string {
  const names = [...new Set(Object.keys(USES).flatMap((shape) => SHAPES[shape].enum!))].sort();
  return `// Made by \`npx projen constraints\`, from the enumerations of the API's model.

/**
 * An instance type of SageMaker (\`TrainingInstanceType\`, \`ProcessingInstanceType\` and \`InstanceType\` of the API).
 *
 * The constants are the types known to this release; \`of()\` accepts any other. Synthesis warns of a type that is not known
 * for the kind of resource that uses it.
 */
export class MlInstanceType {
${names.map(constant).join('\n')}

  /**
   * Returns an instance type by its name.
   *
   * @param value the name, such as \`ml.m5.xlarge\`, or a token
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
`;
}

function constant(name: string): string {
  const uses = Object.entries(USES).filter(([shape]) => SHAPES[shape].enum!.includes(name)).map(([, use]) => use);
  return `  /** \`${name}\`, for ${uses.join(', ').replace(/, ([^,]*)$/, ' and $1')}. */\n`
    + `  public static readonly ${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')} = new MlInstanceType('${name}');`;
}
