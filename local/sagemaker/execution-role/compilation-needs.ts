import type { Use } from './job-role';
import { changingNetworkInterfaces, logging, measuring, networkInterfaces, reading, writing } from './needs';
import type { CreateCompilationJobRequest } from '../compilation/compilation-types';

/** The uses of a compilation job's role: "SageMaker roles", the execution role of CreateCompilationJob. */
export const COMPILATION_USES: readonly Use<CreateCompilationJobRequest>[] = [
  { when: 'Starting', needs: ({ VpcConfig: vpc }, surroundings) => networkInterfaces(vpc, surroundings) },
  // Give Amazon SageMaker AI Compilation Jobs Access to Resources in Your Amazon VPC.
  { when: 'Starting', needs: ({ VpcConfig: vpc }, surroundings) => vpc ? changingNetworkInterfaces(vpc, surroundings) : [] },
  {
    when: 'Downloading',
    needs: ({ InputConfig: input }, surroundings) => input ? reading(input.S3Uri, surroundings) : [],
    failure: 'InputConfiguration: unable to download the model',
  },
  {
    when: 'Uploading',
    needs: ({ OutputConfig: output }, surroundings) => writing(output.S3OutputLocation, surroundings, output.KmsKeyId || undefined),
    failure: 'OutputConfiguration: unable to upload the compiled model',
  },
  { when: 'aside', needs: (_, surroundings) => logging('CompilationJobs', surroundings) },
  { when: 'aside', needs: () => measuring('CompilationJobs') },
];
