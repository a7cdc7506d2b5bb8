import type { Rule } from '../request-rule';
import { brokenAt, isGiven, isNotEmpty } from '../request-values';

const INSTANCE = ['CreateNotebookInstanceInput'];

/** Rules of notebook instances. */
export const NOTEBOOK_RULES: readonly Rule[] = [
  {
    id: 'no-internet-needs-subnet',
    on: INSTANCE,
    level: 'error',
    source: 'CreateNotebookInstanceInput.DirectInternetAccess',
    rule: 'can be false only together with `SubnetId`',
    needs: ['DirectInternetAccess'],
    check: ({ DirectInternetAccess, SubnetId }) => brokenAt(['DirectInternetAccess'], DirectInternetAccess === 'Disabled' && !isGiven(SubnetId)),
  },
  {
    id: 'security-groups-need-subnet',
    on: INSTANCE,
    level: 'error',
    source: 'CreateNotebookInstanceInput.SecurityGroupIds',
    rule: 'requires `SubnetId`, and must belong to the same VPC',
    needs: ['SecurityGroupIds'],
    check: ({ SecurityGroupIds, SubnetId }) => brokenAt(['SecurityGroupIds'], isNotEmpty(SecurityGroupIds) && !isGiven(SubnetId)),
  },
  {
    id: 'dual-stack-needs-subnet',
    on: INSTANCE,
    level: 'warning',
    source: 'CreateNotebookInstanceInput.IpAddressType',
    rule: 'dualstack requires a subnet with IPv6, so `SubnetId` should be specified',
    needs: ['IpAddressType'],
    check: ({ IpAddressType, SubnetId }) => brokenAt(['IpAddressType'], IpAddressType === 'dualstack' && !isGiven(SubnetId)),
  },
  {
    id: 'no-accelerators',
    on: INSTANCE,
    level: 'warning',
    source: 'CreateNotebookInstanceInput.AcceleratorTypes',
    rule: 'is no longer supported, because AWS has ended Elastic Inference',
    advice: 'Remove it.',
    needs: ['AcceleratorTypes'],
    check: ({ AcceleratorTypes }) => brokenAt(['AcceleratorTypes'], isNotEmpty(AcceleratorTypes)),
  },
];
