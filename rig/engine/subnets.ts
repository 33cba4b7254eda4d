/** `Fn::Cidr`: the first `count` blocks with `bits` host bits in an IPv4 block. */
export function subnets(block: string, count: number, bits: number): string[] {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (!match) {
    throw new Error(`Fn::Cidr of "${block}": the rig knows only IPv4 blocks`);
  }
  const [a, b, c, d, prefix] = match.slice(1).map(Number);
  if (count * 2 ** bits > 2 ** (32 - prefix)) {
    throw new Error(`Fn::Cidr: ${block} does not hold ${count} blocks of ${bits} bits`);
  }
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return Array.from({ length: count }, (_, i) => {
    const address = first + i * 2 ** bits;
    return `${[24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')}/${32 - bits}`;
  });
}
