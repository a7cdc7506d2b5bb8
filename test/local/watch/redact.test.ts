import { redact } from '../../../local/watch';

test('values of environments, hyperparameters, parameters and credentials are masked, and what they are called is not', () => {
  expect(redact({
    TrainingJobName: 'job',
    Environment: { TOKEN: 'secret' },
    HyperParameters: { password: 'secret', depth: '5' },
    StaticHyperParameters: { key: 'secret' },
    Parameters: [{ ParameterKey: 'Password', ParameterValue: 'secret' }],
    Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 'secret', SessionToken: 'secret' },
    Tags: [{ Key: 'owner', Value: 'me' }],
  })).toEqual({
    TrainingJobName: 'job',
    Environment: { TOKEN: '***' },
    HyperParameters: { password: '***', depth: '***' },
    StaticHyperParameters: { key: '***' },
    Parameters: [{ ParameterKey: 'Password', ParameterValue: '***' }],
    Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: '***', SessionToken: '***' },
    Tags: [{ Key: 'owner', Value: 'me' }],
  });
});

test('values of secrets and of secure strings are masked, and those of other parameters are not', () => {
  expect(redact({ Name: 'key', SecretString: 'secret', SecretBinary: 'secret', RandomPassword: 'secret' }))
    .toEqual({ Name: 'key', SecretString: '***', SecretBinary: '***', RandomPassword: '***' });
  expect(redact({ Parameters: [{ Type: 'SecureString', Value: 'secret' }, { Type: 'String', Value: 'seen' }] }))
    .toEqual({ Parameters: [{ Type: 'SecureString', Value: '***' }, { Type: 'String', Value: 'seen' }] });
});

test('a nested environment is masked to its ends', () => {
  expect(redact({ Environment: { Variables: { A: ['secret', { B: 'secret' }] } } })).toEqual({ Environment: { Variables: { A: ['***', { B: '***' }] } } });
});

test('JSON inside of strings is masked, too', () => {
  const event = { ResponseURL: 'https://bucket/key?X-Amz-Expires=7200&X-Amz-Signature=secret', ResourceProperties: { Request: { HyperParameters: { a: 'secret' } } } };
  expect(redact({ name: 'execution', input: JSON.stringify({ event }) })).toEqual({
    name: 'execution',
    input: { event: { ResponseURL: 'https://bucket/key?X-Amz-Expires=7200&X-Amz-Signature=***', ResourceProperties: { Request: { HyperParameters: { a: '***' } } } } },
  });
});

test('the signature of a URL is masked wherever it stands', () => {
  const url = 'https://bucket/key?X-Amz-Credential=AKIA%2F20260101&X-Amz-Security-Token=secret&X-Amz-Signature=secret';
  expect(redact(`cannot PUT <${url}>: timeout`))
    .toBe('cannot PUT <https://bucket/key?X-Amz-Credential=***&X-Amz-Security-Token=***&X-Amz-Signature=***>: timeout');
});

test('what CloudFormation tells of values that change is masked', () => {
  expect(redact({ Target: { Path: '/Properties/Request/HyperParameters/a', BeforeValue: 'secret', AfterValue: 'secret' } }))
    .toEqual({ Target: { Path: '/Properties/Request/HyperParameters/a', BeforeValue: '***', AfterValue: '***' } });
});

test('a template is masked where JSON can be read, and as a whole where not', () => {
  expect(redact({ TemplateBody: '{"Resources":{"Job":{"HyperParameters":{"a":"secret"}}}}' }))
    .toEqual({ TemplateBody: { Resources: { Job: { HyperParameters: { a: '***' } } } } });
  expect(redact({ TemplateBody: 'Resources:\n  Job: { HyperParameters: { a: secret } }' })).toEqual({ TemplateBody: '***' });
});

test('a value that a service refuses is masked where it may be a secret', () => {
  const refused = (value: string, path: string) => `Value '${value}' at '${path}' failed to satisfy constraint: Member must have length less than or equal to 1`;
  expect(redact([refused("{a='secret'}", 'hyperParameters'), refused('x', 'trainingJobName')].join('; ')))
    .toBe([refused('***', 'hyperParameters'), refused('x', 'trainingJobName')].join('; '));
  expect(redact(refused('secret', 'trainingJobDefinition.environment.A.member'))).toBe(refused('***', 'trainingJobDefinition.environment.A.member'));
});

test('what only looks like JSON is text', () => {
  expect(redact({ a: '{not json', b: 1, c: null, d: true })).toEqual({ a: '{not json', b: 1, c: null, d: true });
});
