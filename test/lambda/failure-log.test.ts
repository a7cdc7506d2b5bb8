import { type LoggedJob, printFailureLog } from '../../lambda/failure-log';

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => { printed.push(text); });
});

const JOB: LoggedJob = { label: 'Training job \'x\'', logGroup: '/aws/sagemaker/TrainingJobs', streamPrefix: 'x/', description: {} };

/** Logs of streams by their names, and the calls for them. */
function logsOf(streams: { readonly [name: string]: readonly string[] }, calls: object[] = []) {
  return {
    async call(operation: string, input: any) {
      calls.push({ operation, ...input });
      if (operation === 'DescribeLogStreams') return { logStreams: Object.keys(streams).map((logStreamName) => ({ logStreamName })) };
      return { events: streams[input.logStreamName].slice(-input.limit).map((message) => ({ message })) };
    },
  };
}

test('prints the last 30 lines of the first three streams of the job', async () => {
  const calls: object[] = [];
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const logs = logsOf({ 'x/algo-1-1': lines, 'x/algo-2-1': ['only', 'two lines\nand one more\n'], 'x/algo-3-1': [] }, calls);
  expect(await printFailureLog(logs, JOB)).toBeUndefined();

  expect(calls).toEqual([
    { operation: 'DescribeLogStreams', logGroupName: JOB.logGroup, logStreamNamePrefix: 'x/', limit: 3 },
    ...['x/algo-1-1', 'x/algo-2-1', 'x/algo-3-1'].map((logStreamName) =>
      ({ operation: 'GetLogEvents', logGroupName: JOB.logGroup, logStreamName, limit: 30, startFromHead: false })),
  ]);
  expect(printed).toEqual([
    ['Training job \'x\': the end of its log x/algo-1-1', ...lines.slice(10)].join('\n'),
    'Training job \'x\': the end of its log x/algo-2-1\nonly\ntwo lines\nand one more',
  ]);
});

test.each<[string, string[], string | undefined]>([
  ['the last exception of a traceback', ['Traceback (most recent call last):', '  File "train.py"', 'KeyError: \'a\'', 'ValueError: depth must be positive'], 'ValueError: depth must be positive'],
  ['an exception of a module after a prefix', ['2026-01-01 00:00:00 ERROR x', '[1,mpirank:0] torch.cuda.OutOfMemoryError: CUDA out of memory.'], 'torch.cuda.OutOfMemoryError: CUDA out of memory.'],
  ['the only line that a logger marks', ['INFO starting', '[2026-01-01:00:00:00:ERROR] No data in the channel', 'INFO done'], 'No data in the channel'],
  ['the only line that a logger marks, printed twice', ['ERROR - no data', 'ERROR - no data'], 'no data'],
  ['none of several lines that a logger marks', ['ERROR one', 'ERROR two'], undefined],
  ['no line without a mark', ['0 errors found', 'raise ValueError()', 'Error rate: 0.1'], undefined],
])('returns %s as the error', async (_what, lines, error) => {
  expect(await printFailureLog(logsOf({ a: lines }), JOB)).toBe(error);
});

test('hides keys, and values of hyperparameters and variables whose names are those of secrets', async () => {
  const key = `AKIA${'A'.repeat(16)}`;
  const description = {
    HyperParameters: { depth: '123456', tokenizer: 'bert-base', max_tokens: 'unlimited' },
    TrainingJobDefinitions: [{ StaticHyperParameters: { api_key: 'definition-value' }, Environment: { DB_PASSWORD: 'correct horse', DB_PASSWORD_FILE: '/run/password' } }],
    Environment: { HF_TOKEN: 'hf-value', PIN_SECRET: '12345678', SHORT_SECRET: 'abc' },
  };
  const lines = [
    'depth=123456 tokenizer=bert-base max_tokens=unlimited 12345678 abc /run/password',
    'api_key=definition-value, correct horse, hf-value',
    `key "${key}", ghp_${'a'.repeat(36)}.`,
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
    'ValueError: rejected hf-value',
  ];
  expect(await printFailureLog(logsOf({ a: lines }), { ...JOB, description })).toBe('ValueError: rejected ***');
  expect(printed[0].split('\n').slice(1)).toEqual([lines[0], 'api_key=***, ***, ***', 'key "***", ***.', '***', 'ValueError: rejected ***']);
});

test('a log that cannot be read is no failure', async () => {
  const call = async () => { throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }); };
  expect(await printFailureLog({ call }, JOB)).toBeUndefined();
  expect(printed).toEqual(['Training job \'x\': its log could not be read: AccessDeniedException: not authorized']);
});

test('long lines and long errors are cut', async () => {
  await expect(printFailureLog(logsOf({ a: [`ValueError: ${'x'.repeat(5000)}`] }), JOB)).resolves.toHaveLength(300);
  expect(printed[0].split('\n')[1]).toHaveLength(1000);
});
