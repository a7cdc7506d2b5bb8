import { isIPv4 } from 'node:net';
import { invalid } from './cloudformation-error';

const MAXIMUM = 256;

/** Returns the first `count` subnets of a block of IPv4 addresses. Each has 2 to the power of `bits` addresses. */
export function subnets(block: string, count: number, bits: number): string[] {
  const [address, prefix] = block.split('/');
  if (!isIPv4(address) || !(Number(prefix) >= 0 && Number(prefix) <= 32)) throw invalid(`Template error: Fn::Cidr of ${block}: only blocks of IPv4 are emulated`);
  if (!(Number.isInteger(count) && count >= 1 && count <= MAXIMUM)) throw invalid(`Template error: Fn::Cidr count ${count} is not in the range 1 to ${MAXIMUM}`);
  const size = 2 ** bits;
  if (!Number.isInteger(size) || count * size > 2 ** (32 - Number(prefix))) {
    throw invalid(`Template error: Fn::Cidr cannot make ${count} subnets of ${bits} bits in ${block}`);
  }
  const whole = 2 ** (32 - Number(prefix));
  const start = Math.floor(address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0) / whole) * whole;
  return Array.from({ length: count }, (_, index) => `${dotted(start + index * size)}/${32 - bits}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}
