import { Fn, SecretValue, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const REFERENCE = SecretValue.secretsManager('database', { jsonField: 'password' }).unsafeUnwrap();
const FORTY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

export const SECRET_CASES: RuleCases = {
  'no-secret-values': {
    broken: {
      HyperParameters: { password: REFERENCE },
      StaticHyperParameters: { url: `https://admin:${REFERENCE}@example.com` },
      Environment: { A: '{{resolve:ssm-secure:/key}}', B: SecretValue.ssmSecure('/key').toString(), C: SecretValue.secretsManager('database') },
      Tags: [{ Key: 'owner', Value: 'me' }, { Key: 'key', Value: REFERENCE }],
    },
    at: ['HyperParameters.password', 'StaticHyperParameters.url', 'Environment.A', 'Environment.B', 'Environment.C', 'Tags.1'],
    kept: [
      { Environment: { SECRET_NAME: 'database', PARAMETER: '{{resolve:ssm:/region}}', NAME: Token.asString({ Ref: 'Database' }), ARN: Fn.getAtt('Secret', 'Arn') } },
      { Environment: Token.asAny({ Ref: 'Variables' }), Tags: Token.asAny({ Ref: 'Tags' }) },
      {},
    ],
  },
  'no-access-keys': {
    broken: {
      HyperParameters: { id: 'AKIAIOSFODNN7EXAMPLE' },
      StaticHyperParameters: { id: 'AKIAIOSFODNN7EXAMPLE' },
      Environment: {
        AWS_SECRET_ACCESS_KEY: FORTY,
        KEY: '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
        GIT: `ghp_${'a'.repeat(36)}`,
        CHAT: 'xoxb-123456789012-abcdef',
      },
      Tags: [{ Key: 'key', Value: 'ASIAIOSFODNN7EXAMPLE' }],
    },
    at: ['HyperParameters.id', 'StaticHyperParameters.id', 'Environment.AWS_SECRET_ACCESS_KEY', 'Environment.KEY', 'Environment.GIT', 'Environment.CHAT', 'Tags.0'],
    kept: [{
      Environment: { CHECKSUM: FORTY, CERTIFICATE: '-----BEGIN CERTIFICATE-----', MODEL: 'MAKIAIOSFODNN7EXAMPLEXX', AWS_SECRET_ACCESS_KEY: Token.asString({ Ref: 'Key' }) },
    }],
  },
  'no-secrets-by-name': {
    broken: {
      HyperParameters: { api_key: 'abc123' },
      StaticHyperParameters: { api_key: 'abc123' },
      Environment: { DB_PASSWORD: 'hunter2', HF_TOKEN: 'hf_abc', DATABASE: 'postgres://admin:hunter2@db/churn' },
      Tags: [{ Key: 'secret', Value: 'abc' }],
    },
    at: ['HyperParameters.api_key', 'StaticHyperParameters.api_key', 'Environment.DB_PASSWORD', 'Environment.HF_TOKEN', 'Environment.DATABASE', 'Tags.0'],
    kept: [{
      HyperParameters: { pad_token: '<pad>', max_token: '512', tokenizer: 'bpe', num_tokens: '8', use_auth_token: 'true' },
      Environment: { DB_SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db', SECRET_NAME: 'db', PASSWORD: '', API_KEY: Token.asString({ Ref: 'Key' }) },
    }],
  },
};
