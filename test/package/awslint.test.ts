import { createRequire } from 'node:module';
import { ALL_RULES_LINTER, DiagnosticLevel, RuleFilterSet } from 'awslint/lib';
import { CfnResourceReflection } from 'awslint/lib/rules/cfn-resource';
import { ROOT } from './packed';

// The command of awslint fails before it lints, because it imports `chalk` as a namespace. Its rules can be called.
const { TypeSystem } = createRequire(require.resolve('awslint/package.json'))('jsii-reflect') as typeof import('jsii-reflect');

/** The rules that are not followed, with the reason. A key is a rule, or a rule and the place where it is not followed. */
const EXCLUDED: { readonly [rule: string]: string } = {
  'interface-extends-ref': 'The interfaces IxxxRef do not exist in the oldest supported release of CDK, and never for jobs.',
  'prefer-ref-interface': 'The interfaces IxxxRef do not exist in the oldest supported release of CDK.',
  'no-grants': 'The classes of grants do not exist in the oldest supported release of CDK, whose constructs have methods.',
  'events-generic': 'SageMaker sends one type of event for a resource. onStateChange() matches all of them.',
  'construct-ctor-props-optional:HyperParameterTuningJob': 'One of trainingJobDefinition and trainingJobDefinitions is required.',
  'construct-ctor:JobTaskState': 'The factories of jobs create the states, each with the properties of its kind.',
  'duration-prop-type': 'Described values are strings. They are known only during the deployment.',
  'duration-prop-name': 'Described values have the name of their member, with its unit.',
};

/** CloudFormation has no resource for jobs, so aws-cdk-lib has no class for awslint to find. */
function findWithJobs(): void {
  const find = CfnResourceReflection.findByName.bind(CfnResourceReflection);
  jest.spyOn(CfnResourceReflection, 'findByName').mockImplementation((system, name) => {
    const [, job] = /^Custom::SageMaker(\w+)$/.exec(name) ?? [];
    if (job === undefined) return find(system, name);
    const notebook = find(system, 'AWS::SageMaker::NotebookInstance');
    return Object.assign(Object.create(notebook!), { basename: job, fullname: name, attributeNames: [] });
  });
}

/** The violations of all rules, as the rule and its place. */
async function violations(): Promise<string[]> {
  findWithJobs();
  const system = new TypeSystem();
  const assembly = await system.load(ROOT, { validate: false, supportedFeatures: ['intersection-types', 'class-covariant-overrides'] });
  return ALL_RULES_LINTER.eval(assembly as any, { includeRules: new RuleFilterSet(['*']), excludeRules: new RuleFilterSet([]) })
    .filter(({ level }) => level === DiagnosticLevel.Error || level === DiagnosticLevel.Warning)
    .map(({ rule, scope }) => `${rule.code}:${scope.replace('cdk-sagemaker-jobs.', '')}`);
}

test('the API follows the rules of awslint, except those with a reason', async () => {
  const found = await violations();
  const matches = (violation: string, rule: string) => violation === rule || violation.startsWith(`${rule}:`);

  expect(found.filter((violation) => !Object.keys(EXCLUDED).some((rule) => matches(violation, rule)))).toEqual([]);
  expect(Object.keys(EXCLUDED).filter((rule) => !found.some((violation) => matches(violation, rule)))).toEqual([]);
});
