import { isIP } from 'net';
import { Token } from 'aws-cdk-lib';

/** A check of one CIDR block, IPv4 or IPv6, that hands it back or throws. The address has to be the block's first. */
export function checkCidr(prop: string, cidr: string): string {
  if (Token.isUnresolved(cidr)) {
    return cidr;
  }
  const [address, length, more] = cidr.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || more !== undefined) {
    throw new Error(`"${prop}" has "${cidr}": give a CIDR block such as "10.0.0.0/16"`);
  }
  if (length === undefined) {
    throw new Error(`"${prop}" has "${cidr}" without a prefix length: give "${cidr}/${bits}" for this one address`);
  }
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) {
    throw new Error(`"${prop}" has "${cidr}": give a prefix length from 0 to ${bits}`);
  }
  if (hostBits(address, bits - Number(length)) !== 0n) {
    throw new Error(`"${prop}" has "${cidr}", but ${address} is not the first address of a /${length}: give the first address of the block`);
  }
  return cidr;
}

/** Every CIDR block of a list. */
export function checkCidrs(prop: string, cidrs: string[] = []): string[] {
  cidrs.forEach(cidr => checkCidr(prop, cidr));
  return cidrs;
}

/** Whether two valid CIDR blocks share an address. */
export function cidrsOverlap(a: string, b: string): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}

/** Whether a valid CIDR block lies in another one. Blocks of different IP versions never do. */
export function cidrContains(outer: string, inner: string): boolean {
  if (outer.includes(':') !== inner.includes(':') || prefixLength(inner) < prefixLength(outer)) {
    return false;
  }
  const [first, last] = range(outer);
  const [address] = range(inner);
  return address >= first && address <= last;
}

/** The prefix length of a valid CIDR block: 16 of 10.0.0.0/16. */
export function prefixLength(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

/** The nth of the blocks into which `bits` more bits of prefix divide a valid IPv4 block. */
export function subnetOf(cidr: string, n: number, bits: number): string {
  const length = prefixLength(cidr) + bits;
  const address = range(cidr)[0] + BigInt(n) * 2n ** BigInt(32 - length);
  return `${[3n, 2n, 1n, 0n].map(byte => address / 256n ** byte % 256n).join('.')}/${length}`;
}

function range(cidr: string): [bigint, bigint] {
  const bits = cidr.includes(':') ? 128 : 32;
  const first = toNumber(cidr.split('/')[0]);
  return [first, first + 2n ** BigInt(bits - prefixLength(cidr)) - 1n];
}

function hostBits(address: string, count: number): bigint {
  return toNumber(address) % 2n ** BigInt(count);
}

function toNumber(address: string): bigint {
  if (!address.includes(':')) {
    return address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  }
  const [head, tail] = withoutDottedPart(address).split('::').map(part => part.split(':').filter(group => group !== ''));
  const groups = tail ? [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail] : head;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** An IPv6 address may end in an IPv4 address: the same in hexadecimal groups. */
function withoutDottedPart(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    `${(Number(a) * 256 + Number(b)).toString(16)}:${(Number(c) * 256 + Number(d)).toString(16)}`);
}
