import { query } from './requests';
import { LocalCloud } from '../../../local/cloud';
import { parseForm } from '../../../local/query/form';

describe('a form', () => {
  const parse = (form: string) => parseForm(new URLSearchParams(form));

  test('holds structures and lists, whose items may come in any order', () => {
    expect(parse('StackName=a&Tags.member.2.Key=second&Tags.member.1.Key=first&Tags.member.1.Value=&Config.Mode=x')).toEqual({
      StackName: 'a', Tags: [{ Key: 'first', Value: '' }, { Key: 'second' }], Config: { Mode: 'x' },
    });
    expect(parse('List.member.10=j&List.member.9=i')).toEqual({ List: ['i', 'j'] });
  });

  test('takes no name for more than a name', () => {
    expect(parse('__proto__.polluted=yes')).toEqual(JSON.parse('{"__proto__":{"polluted":"yes"}}'));
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(() => parse('a=1&a.b=2')).toThrow(TypeError);
  });
});

describe('the protocol', () => {
  let cloud: LocalCloud;
  beforeAll(async () => { cloud = await LocalCloud.start(); });
  afterAll(async () => cloud.stop());

  test('answers with the result of the operation', async () => {
    const { status, type, document } = await query(cloud, 'sts', { Action: 'GetCallerIdentity' });
    expect({ status, type }).toEqual({ status: 200, type: 'text/xml' });
    expect(document.GetCallerIdentityResponse).toEqual({
      GetCallerIdentityResult: expect.objectContaining({ Account: '111122223333' }),
      ResponseMetadata: { RequestId: expect.any(String) },
    });
  });

  test.each([
    ['an operation that there is not', { Action: 'GetNothing' }, {}, 400, 'InvalidAction'],
    ['an operation of another service', { Action: 'DescribeStacks' }, {}, 400, 'InvalidAction'],
    ['a request that nobody has signed', { Action: 'GetCallerIdentity' }, { authorization: '' }, 403, 'MissingAuthenticationToken'],
    ['a form in which a value has members', { 'Action': 'AssumeRole', 'Tags': 'a', 'Tags.member.1.Key': 'b' }, {}, 400, 'MalformedInput'],
  ])('refuses %s', async (_, form, headers, status, Code) => {
    const refused = await query(cloud, 'sts', form as unknown as { [parameter: string]: string }, headers);
    expect(refused).toMatchObject({ status, document: { ErrorResponse: { Error: { Type: 'Sender', Code, Message: expect.any(String) }, RequestId: expect.any(String) } } });
  });

  test('writes what needs it as references', async () => {
    const { document } = await query(cloud, 'cloudformation', { Action: 'DescribeStacks', StackName: 'a<b>&"c"' });
    expect(document.ErrorResponse.Error.Message).toContain('a<b>&"c"');
  });
});
