import type { Rule } from '../request-rule';
import { brokenAt, isGiven, isNotEmpty } from '../request-values';

const INSTANCE = ['CreateNotebookInstanceInput'];

/** Notebook instances. */
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
    rule: 'must be for the same VPC as `SubnetId`, and cannot be given without it',
    needs: ['SecurityGroupIds'],
    check: ({ SecurityGroupIds, SubnetId }) => brokenAt(['SecurityGroupIds'], isNotEmpty(SecurityGroupIds) && !isGiven(SubnetId)),
  },
  {
    id: 'dual-stack-needs-subnet',
    on: INSTANCE,
    level: 'warning',
    source: 'CreateNotebookInstanceInput.IpAddressType',
    rule: 'dualstack needs a subnet that supports IPv6, so `SubnetId` should be given',
    needs: ['IpAddressType'],
    check: ({ IpAddressType, SubnetId }) => brokenAt(['IpAddressType'], IpAddressType === 'dualstack' && !isGiven(SubnetId)),
  },
  {
    id: 'no-accelerators',
    on: INSTANCE,
    level: 'warning',
    source: 'CreateNotebookInstanceInput.AcceleratorTypes',
    rule: 'is no longer supported: Elastic Inference is gone',
    advice: 'Leave it out.',
    needs: ['AcceleratorTypes'],
    check: ({ AcceleratorTypes }) => brokenAt(['AcceleratorTypes'], isNotEmpty(AcceleratorTypes)),
  },
];
