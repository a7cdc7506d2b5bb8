import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { NeededQuota, Scenario } from './scenario';
import { SignedClient } from '../../lambda/signed-client';

/** The missing requirements of a run, and those that could not be checked. */
export interface Preflight {
  readonly account: string;
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly usd: number;
}

/** Checks credentials, the bootstrap stack and quotas. The checks are free. */
export async function preflight(scenarios: readonly Scenario[], region: string): Promise<Preflight> {
  const usd = scenarios.reduce((sum, scenario) => sum + scenario.usd, 0);
  let account: string;
  try {
    account = await accountOf(region);
  } catch (error) {
    return { account: 'unknown', missing: [`credentials: ${(error as Error).message}`], unknown: [], usd };
  }
  const needed = new Map<string, number>();
  for (const { instances, name } of scenarios.flatMap(({ quotas }) => quotas)) needed.set(name, Math.max(instances, needed.get(name) ?? 0));
  const quotas = await quotaProblems([...needed].map(([name, instances]) => ({ name, instances })), region);
  return { account, ...quotas, missing: [...await bootstrapProblems(), ...quotas.missing], usd };
}

async function accountOf(region: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { body } = await new SignedClient('sts', 'STS', region).post(headers, 'Action=GetCallerIdentity&Version=2011-06-15');
  const [, account] = /<Account>(\d+)</.exec(body) ?? [];
  if (account === undefined) throw new Error(/<Message>([^<]*)</.exec(body)?.[1] ?? body);
  return account;
}

/** The parameter that the CDK CLI reads, too. */
async function bootstrapProblems(): Promise<string[]> {
  try {
    await new SSMClient({}).send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
    return [];
  } catch (error) {
    return [`the bootstrap stack: ${(error as Error).name}. Run \`npx cdk bootstrap\` in this account and Region`];
  }
}

async function quotaProblems(needed: readonly NeededQuota[], region: string): Promise<Pick<Preflight, 'missing' | 'unknown'>> {
  let values: ReadonlyMap<string, number>;
  try {
    values = await quotasOf(region);
  } catch (error) {
    return { missing: [], unknown: needed.map(({ instances, name }) => `quota '${name}' (${instances} needed): ${(error as Error).message}`) };
  }
  const missing = needed.filter(({ instances, name }) => (values.get(name) ?? 0) < instances)
    .map(({ instances, name }) => `quota '${name}': must be at least ${instances}; got ${values.get(name) ?? 0}. Request an increase in Service Quotas`);
  return { missing, unknown: [] };
}

async function quotasOf(region: string): Promise<ReadonlyMap<string, number>> {
  const client = new SignedClient('servicequotas', 'SERVICE_QUOTAS', region);
  const values = new Map<string, number>();
  let NextToken: string | undefined;
  do {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'ServiceQuotasV20190624.ListServiceQuotas' };
    const { body, statusCode } = await client.post(headers, JSON.stringify({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken }));
    const answer = JSON.parse(body) as { Quotas?: { QuotaName: string; Value: number }[]; NextToken?: string; message?: string };
    if (statusCode >= 300) throw new Error(`Service Quotas could not be read (${answer.message ?? statusCode})`);
    for (const { QuotaName, Value } of answer.Quotas ?? []) values.set(QuotaName, Value);
    NextToken = answer.NextToken;
  } while (NextToken);
  return values;
}
