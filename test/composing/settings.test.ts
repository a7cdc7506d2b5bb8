import { App, Aspects, CfnResource, Duration, type IAspect, PermissionsBoundary, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import {
  CompilationJob, CompilationModel, CompilationTarget, CompilationDataInput, CompilationFramework, NotebookInstance, MlInstanceType, S3Location,
  TargetDevice, TrainingJob,
} from '../../src';
import { LEAST } from '../fixtures/training-jobs';

const TRAINING_JOB = 'Custom::SageMakerTrainingJob';

/** What an aspect does to each construct. */
const visiting = (visit: (node: IConstruct) => void): IAspect => ({ visit });

/** A stack with one of several constructs, and what is said about it before the synthesis. */
function synthesized(say: (stack: Stack) => void, app: App = new App()): Template {
  const stack = new Stack(app, 'Stack');
  new TrainingJob(stack, 'Training', LEAST);
  new CompilationJob(stack, 'Compilation', {
    model: CompilationModel.fromS3(S3Location.fromUri('s3://results/model.tar.gz'), {
      framework: CompilationFramework.ONNX, dataInputConfig: CompilationDataInput.fromShapes({ x: [1, 3] }),
    }),
    outputLocation: S3Location.fromUri('s3://results/compiled'),
    target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
  });
  new NotebookInstance(stack, 'Notebook', { instanceType: MlInstanceType.ML_T3_MEDIUM });
  say(stack);
  return Template.fromStack(stack);
}

describe('tags', () => {
  const TAGS = Match.arrayWith([{ Key: 'team', Value: 'vision' }]);

  test('of an app are tags of its jobs, its notebooks and all their roles', () => {
    const template = synthesized((stack) => Tags.of(stack.node.root).add('team', 'vision'));

    template.hasResourceProperties(TRAINING_JOB, { Request: { Tags: TAGS } });
    template.hasResourceProperties('Custom::SageMakerCompilationJob', { Request: { Tags: TAGS } });
    template.hasResourceProperties('AWS::SageMaker::NotebookInstance', { Tags: TAGS });
    template.allResourcesProperties('AWS::IAM::Role', { Tags: TAGS });
    template.allResourcesProperties('AWS::Lambda::Function', { Tags: TAGS });
  });

  test('can be kept from a kind of jobs', () => {
    const template = synthesized((stack) => Tags.of(stack).add('team', 'vision', { excludeResourceTypes: [TRAINING_JOB] }));

    template.hasResourceProperties(TRAINING_JOB, { Request: { Tags: Match.absent() } });
    template.hasResourceProperties('Custom::SageMakerCompilationJob', { Request: { Tags: TAGS } });
  });

  test('that an aspect gives after others are there, too', () => {
    const template = synthesized((stack) => {
      Tags.of(stack).add('team', 'vision');
      Aspects.of(stack).add(visiting((node) => { if (node instanceof TrainingJob) Tags.of(node).add('job', node.node.id, { priority: 300 }); }));
    });

    template.hasResourceProperties(TRAINING_JOB, { Request: { Tags: [{ Key: 'job', Value: 'Training' }, { Key: 'team', Value: 'vision' }] } });
  });
});

describe('aspects', () => {
  test('find every construct by its class', () => {
    const seen: string[] = [];
    synthesized((stack) => Aspects.of(stack).add(visiting((node) => {
      for (const type of [TrainingJob, CompilationJob, NotebookInstance]) if (node instanceof type) seen.push(node.node.id);
    })));

    expect(seen.sort()).toEqual(['Compilation', 'Notebook', 'Training']);
  });

  test('override a member of the request of a job', () => {
    const template = synthesized((stack) => Aspects.of(stack).add(visiting((node) => {
      if (node instanceof CfnResource && node.cfnResourceType === TRAINING_JOB) node.addPropertyOverride('Request.EnableNetworkIsolation', true);
    })));

    template.hasResourceProperties(TRAINING_JOB, { Request: { EnableNetworkIsolation: true, ResourceConfig: Match.anyValue() } });
  });

  test('report what an organization does not allow', () => {
    const withoutVpc = visiting((node) => {
      if (node instanceof TrainingJob) node.node.addValidation({ validate: () => [`${node.node.path} must be in a VPC`] });
    });

    expect(() => synthesized((stack) => Aspects.of(stack).add(withoutVpc))).toThrow('Stack/Training must be in a VPC');
  });
});

test('the permissions boundary of a stage is that of all roles, those of the function and of the state machine too', () => {
  const stage = new Stage(new App(), 'Prod', { permissionsBoundary: PermissionsBoundary.fromName('boundary') });
  const stack = new Stack(stage, 'Stack');
  new TrainingJob(stack, 'Training', { ...LEAST, waitTimeout: Duration.hours(2) });

  const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(3);
  for (const { Properties } of roles) expect(JSON.stringify(Properties.PermissionsBoundary)).toContain(':policy/boundary');
});
