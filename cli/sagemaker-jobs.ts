#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from './package.json';

const program = new Command('sagemaker-jobs')
  .description('Tools for the SageMaker jobs of CDK stacks')
  .version(version)
  .showHelpAfterError('(sagemaker-jobs --help lists the commands and their options)');

program.command('follow')
  .description('shows the jobs of a stack until they have ended')
  .argument('[stack]', 'the name or the ID of the stack (default: the only stack that is being deployed)')
  .option('--job <name>', 'follow only this job, also without a stack')
  .option('--region <region>', 'the Region (default: from the environment or the profile)')
  .option('--profile <name>', 'the profile of the AWS configuration')
  .option('--interval <seconds>', 'the time between two rounds of calls, at least 1', seconds, 5)
  .addHelpText('after', `
On a terminal, Tab selects the job whose log is shown, and Ctrl-C ends the view. The jobs continue.
Exit status: 0 if all jobs succeeded, 1 if one did not, 2 if they cannot be followed.`)
  .action(async (stack: string | undefined, options) => {
    const { follow } = await import('./follow/follow.js');
    process.exitCode = await follow({ stack, ...options });
  });

program.command('import')
  .description('writes the construct for a job or notebook instance that exists, or for a create request')
  .argument('<kind>', 'training-job, tuning-job, compilation-job, optimization-job, processing-job, transform-job, notebook-instance or lifecycle-config')
  .argument('[name]', 'its name (default: the request is read)')
  .addOption(new Option('--language <language>', 'the language of the construct; jsii-rosetta translates to others than TypeScript')
    .choices(['typescript', 'python', 'java', 'csharp', 'go']).default('typescript'))
  .option('--request <file>', 'a JSON file with a create request, or - for the standard input (default: the standard input)')
  .option('--region <region>', 'the Region (default: from the environment or the profile)')
  .option('--profile <name>', 'the profile of the AWS configuration')
  .action(async (kind: string, name: string | undefined, options) => {
    const { importJob } = await import('./import/import-job.js');
    process.exitCode = await importJob({ kind, name, ...options });
  });

program.command('local')
  .description('serves the local cloud, in which the CDK CLI and the SDKs deploy without an account')
  .helpOption(false)
  .allowUnknownOption()
  .argument('[options...]', 'options of the local cloud; --help lists them')
  .action(async (options: string[]) => {
    const { runServer } = await import('cdk-sagemaker-jobs-local');
    await runServer('sagemaker-jobs local', options);
  });

function seconds(text: string): number {
  const value = Number(text);
  if (!(value >= 1)) throw new InvalidArgumentError('must be a number of at least 1.');
  return value;
}

void program.parseAsync();
