import { LocalCloud } from '../../../local/cloud';
import type { StackResult } from '../../../local/cloudformation';
import { eventsOf } from '../../deploy/world';

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(() => cloud.stop());

const AT_MOST_INLINE = 10_240;
const AT_MOST_MANAGED = 6144;

/** A policy of so many characters, and of white space that does not count. */
function policyOf(size: number) {
  const document = (sid: string) => ({ Version: '2012-10-17', Statement: [{ Sid: sid, Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a key' }] });
  return document('x'.repeat(size - JSON.stringify(document('')).replaceAll(' ', '').length));
}

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] };
const role = (properties: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: 'job', AssumeRolePolicyDocument: trust, ...properties } });
const inline = (PolicyName: string, size: number) => ({
  Type: 'AWS::IAM::Policy', Properties: { PolicyName, PolicyDocument: policyOf(size), Roles: [{ Ref: 'Role' }] },
});
const managed = (size: number, properties: object = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyOf(size), ...properties } });
const several = (count: number, resource: object) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`Managed${index}`, resource]));

const deploy = async (resources: object): Promise<StackResult> =>
  cloud.clock.run(cloud.cloudFormation.deploy({ stackName: 'Stack', template: { Resources: resources }, capabilities: ['CAPABILITY_NAMED_IAM'] }));
const refusal = (message: string) => new RegExp(
  `^(CREATE|UPDATE)_FAILED: Resource handler returned message: "${message}" \\(RequestToken: \\S+, HandlerErrorCode: ServiceLimitExceeded\\)$`);
const TOO_LARGE = refusal(`Maximum policy size of ${AT_MOST_INLINE} bytes exceeded for role job`);
const TOO_MANY = refusal('Cannot exceed quota for PoliciesPerRole: 10');

test('the inline policies of a role have at most 10,240 characters together, white space not counted', async () => {
  const own = role({ Policies: [{ PolicyName: 'own', PolicyDocument: policyOf(4000) }] });
  expect((await deploy({ Role: own, Policy: inline('further', AT_MOST_INLINE - 4000) })).status).toBe('CREATE_COMPLETE');

  const result = await deploy({ Role: own, Policy: inline('further', AT_MOST_INLINE - 4000 + 1) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Policy')).toContainEqual(expect.stringMatching(TOO_LARGE));
});

test('a policy that is one too many for a role is not made, and the stack is rolled back', async () => {
  const result = await deploy({ Role: role(), First: inline('first', 6000), Second: { ...inline('second', 6000), DependsOn: 'First' } });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'First')).toContain('CREATE_COMPLETE');
  expect(eventsOf(result, 'Second')).toContainEqual(expect.stringMatching(TOO_LARGE));
});

test('a role is refused with inline policies that are too large', async () => {
  const result = await deploy({ Role: role({ Policies: ['a', 'b'].map((PolicyName) => ({ PolicyName, PolicyDocument: policyOf(6000) })) }) });
  expect(eventsOf(result, 'Role')).toContainEqual(expect.stringMatching(TOO_LARGE));
});

test('a managed policy has at most 6,144 characters, and does not count for the role', async () => {
  const attached = { Roles: [{ Ref: 'Role' }] };
  expect((await deploy({ Role: role(), Inline: inline('inline', AT_MOST_INLINE), Managed: managed(AT_MOST_MANAGED, attached) })).status).toBe('CREATE_COMPLETE');

  const result = await deploy({ Role: role(), Inline: inline('inline', AT_MOST_INLINE), Managed: managed(AT_MOST_MANAGED + 1, attached) });
  expect(eventsOf(result, 'Managed')).toContainEqual(expect.stringMatching(refusal(`Cannot exceed quota for PolicySize: ${AT_MOST_MANAGED}`)));
});

test('a role has at most ten managed policies, whoever attaches them', async () => {
  const arns = Array.from({ length: 9 }, (_, index) => ({ Ref: `Managed${index}` }));
  const given = { Role: role({ ManagedPolicyArns: arns }), ...several(9, managed(200)) };
  const attached = managed(200, { Roles: [{ Ref: 'Role' }] });
  expect((await deploy({ ...given, Tenth: attached })).status).toBe('CREATE_COMPLETE');

  const result = await deploy({ ...given, Tenth: attached, Eleventh: attached });
  expect(eventsOf(result, 'Eleventh')).toContainEqual(expect.stringMatching(TOO_MANY));
});

test('a role is refused with eleven managed policies', async () => {
  const arns = Array.from({ length: 11 }, (_, index) => ({ Ref: `Managed${index}` }));
  expect(eventsOf(await deploy({ Role: role({ ManagedPolicyArns: arns }), ...several(11, managed(200)) }), 'Role')).toContainEqual(expect.stringMatching(TOO_MANY));
});
