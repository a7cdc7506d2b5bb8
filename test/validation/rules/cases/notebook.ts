import { Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Text' });

export const NOTEBOOK_CASES: RuleCases = {
  'no-internet-needs-subnet': {
    broken: { DirectInternetAccess: 'Disabled' },
    at: ['DirectInternetAccess'],
    kept: [{ DirectInternetAccess: 'Disabled', SubnetId: TOKEN }, { DirectInternetAccess: 'Enabled' }, { DirectInternetAccess: TOKEN }],
  },
  'security-groups-need-subnet': {
    broken: { SecurityGroupIds: ['sg-1'] },
    at: ['SecurityGroupIds'],
    kept: [{ SecurityGroupIds: ['sg-1'], SubnetId: 'subnet-1' }, { SecurityGroupIds: [] }, { SecurityGroupIds: Token.asList({ Ref: 'Groups' }) }],
  },
  'dual-stack-needs-subnet': {
    broken: { IpAddressType: 'dualstack' },
    at: ['IpAddressType'],
    kept: [{ IpAddressType: 'dualstack', SubnetId: 'subnet-1' }, { IpAddressType: 'ipv4' }],
  },
  'no-accelerators': {
    broken: { AcceleratorTypes: ['ml.eia2.medium'] },
    at: ['AcceleratorTypes'],
    kept: [{}],
  },
};
