import { printFailureLog } from '../../lambda/failure-log';
import type { Job } from '../../lambda/handled-job';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import type { Api } from '../../lambda/handler-services';

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => { printed.push(text); });
});

const LOG_GROUP = '/aws/sagemaker/TrainingJobs';
const print = (logs: Api, description: object = {}) => (
  printFailureLog(logs, HANDLED_KINDS.trainingJob, { name: 'x', arn: 'arn', phase: 'failed', status: 'Failed', description } satisfies Job));

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
  expect(await print(logs)).toBeUndefined();

  expect(calls).toEqual([
    { operation: 'DescribeLogStreams', logGroupName: LOG_GROUP, logStreamNamePrefix: 'x/', limit: 3 },
    ...['x/algo-1-1', 'x/algo-2-1', 'x/algo-3-1'].map((logStreamName) =>
      ({ operation: 'GetLogEvents', logGroupName: LOG_GROUP, logStreamName, limit: 30, startFromHead: false })),
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
  expect(await print(logsOf({ a: lines }))).toBe(error);
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
  expect(await print(logsOf({ a: lines }), description)).toBe('ValueError: rejected ***');
  expect(printed[0].split('\n').slice(1)).toEqual([lines[0], 'api_key=***, ***, ***', 'key "***", ***.', '***', 'ValueError: rejected ***']);
});

const PRIVATE_KEY = ['-----BEGIN PRIVATE KEY-----', ...Array.from({ length: 40 }, (_, index) => `MIIE${index}`.padEnd(64, 'b')), '-----END PRIVATE KEY-----'];
const SECRET = 'co"rr/ect \\ horse';

test.each<[string, string[], string]>([
  ['JSON', [JSON.stringify({ value: SECRET })], '{"value":"***"}'],
  ['a URL', [`postgres://db:${encodeURIComponent(SECRET)}@host/x`], 'postgres://db:***@host/x'],
  ['Base64', [Buffer.from(SECRET).toString('base64')], '***'],
  ['the hyperparameters of a script', ['train.py --api_key hunter22 --depth 3'], 'train.py --api_key *** --depth 3'],
  ['a map in a hyperparameter', ['login hunter23'], 'login ***'],
  ['the lines of a value', ['line 1', '  first part', '> second part'], 'line 1\n  ***\n> ***'],
  ['an unknown URL', ['git clone https://me:hunter24@example.com/x.git'], 'git clone https://me:***@example.com/x.git'],
  ['a header', ['Authorization: Basic aHVudGVyOmh1bnRlcg=='], 'Authorization: Basic ***'],
  ['a web token', [`cookie eyJ${'a'.repeat(9)}.eyJ${'b'.repeat(9)}.c-d_e;`], 'cookie ***;'],
  ['the variable of a secret access key', [`AWS_SECRET_ACCESS_KEY=${'a/'.repeat(20)}`], 'AWS_SECRET_ACCESS_KEY=***'],
  ['a private key whose beginning is further up', [...PRIVATE_KEY, 'done'], '***\ndone'],
  ['a private key in Base64', [`key: ${Buffer.from(PRIVATE_KEY.join('\n')).toString('base64')}`], 'key: ***'],
])('hides a secret in %s', async (_what, lines, shown) => {
  const description = {
    HyperParameters: { api_key: '"hunter22"', depth: '3', login: '{"user": "me", "password": "hunter23"}' },
    Environment: { DB_PASSWORD: SECRET, TLS_SECRET: 'first part\nsecond part\n}' },
  };
  await print(logsOf({ a: lines }), description);
  expect(printed[0].split('\n').slice(1).join('\n')).toBe(shown);
});

test('a log that cannot be read is no failure', async () => {
  const call = async () => { throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }); };
  expect(await print({ call })).toBeUndefined();
  expect(printed).toEqual(['Training job \'x\': its log could not be read: AccessDeniedException: not authorized']);
});

test('long lines and long errors are cut', async () => {
  await expect(print(logsOf({ a: [`ValueError: ${'x'.repeat(5000)}`] }))).resolves.toHaveLength(300);
  expect(printed[0].split('\n')[1]).toHaveLength(1000);
});
