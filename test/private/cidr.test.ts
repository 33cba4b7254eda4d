import { Token } from 'aws-cdk-lib';
import { checkCidr, checkCidrs, cidrContains, cidrsOverlap, prefixLength, subnetOf } from '../../src/private/cidr';

test.each(['10.0.0.0/16', '0.0.0.0/0', '192.168.1.7/32', '::/0', '2001:db8::/32', 'fd00:ec2::23/128', '::ffff:10.0.0.0/104', '255.255.255.255/32',
  '2001:db8:0:1::/64', '1:2:3:4:5:6:7:8/128', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127'])('%s is a CIDR block', cidr => {
  expect(checkCidr('cidrs', cidr)).toEqual(cidr);
});

test.each([
  ['10.0.0.1', '"cidrs" has "10.0.0.1" without a prefix length: give "10.0.0.1/32" for this one address'],
  ['fd00::1', '"cidrs" has "fd00::1" without a prefix length: give "fd00::1/128" for this one address'],
  ['10.0.0.0/33', '"cidrs" has "10.0.0.0/33": give a prefix length from 0 to 32'],
  ['10.0.0.0/', '"cidrs" has "10.0.0.0/": give a prefix length from 0 to 32'],
  ['10.0.0.0/1000', '"cidrs" has "10.0.0.0/1000": give a prefix length from 0 to 32'],
  ['10.0.0.0/-1', '"cidrs" has "10.0.0.0/-1": give a prefix length from 0 to 32'],
  ['10.0.0.0/8x', '"cidrs" has "10.0.0.0/8x": give a prefix length from 0 to 32'],
  ['10.0.0.0/0x8', '"cidrs" has "10.0.0.0/0x8": give a prefix length from 0 to 32'],
  ['10.0.0.0/+8', '"cidrs" has "10.0.0.0/+8": give a prefix length from 0 to 32'],
  ['10.0.0.0/0008', '"cidrs" has "10.0.0.0/0008": give a prefix length from 0 to 32'],
  ['::/129', '"cidrs" has "::/129": give a prefix length from 0 to 128'],
  ['10.0.0.0/8/8', '"cidrs" has "10.0.0.0/8/8": give a CIDR block such as "10.0.0.0/16"'],
  ['10.0/16', '"cidrs" has "10.0/16": give a CIDR block such as "10.0.0.0/16"'],
  ['anywhere', '"cidrs" has "anywhere": give a CIDR block such as "10.0.0.0/16"'],
  ['10.0.1.0/16', '"cidrs" has "10.0.1.0/16", but 10.0.1.0 is not the first address of a /16: give the first address of the block'],
  ['10.0.0.1/31', '"cidrs" has "10.0.0.1/31", but 10.0.0.1 is not the first address of a /31: give the first address of the block'],
  ['1:2:3:4:5:6:7:9/127', '"cidrs" has "1:2:3:4:5:6:7:9/127", but 1:2:3:4:5:6:7:9 is not the first address of a /127: give the first address of the block'],
  ['::ffff:10.0.0.1/104', '"cidrs" has "::ffff:10.0.0.1/104", but ::ffff:10.0.0.1 is not the first address of a /104: give the first address of the block'],
  ['2001:db8::1/64', '"cidrs" has "2001:db8::1/64", but 2001:db8::1 is not the first address of a /64: give the first address of the block'],
])('%s is refused', (cidr, message) => {
  expect(() => checkCidr('cidrs', cidr)).toThrow(message);
});

test('every block of a list is checked, and there may be none', () => {
  expect([checkCidrs('cidrs'), checkCidrs('cidrs', ['10.0.0.0/8', '::/0'])]).toEqual([[], ['10.0.0.0/8', '::/0']]);
  expect(() => checkCidrs('cidrs', ['10.0.0.0/8', '::1'])).toThrow('"cidrs" has "::1" without a prefix length');
});

test('what is known only at deploy time is let through', () => {
  const token = Token.asString({ Ref: 'Cidr' });
  expect(checkCidr('cidrs', token)).toEqual(token);
});

test.each([
  ['10.0.0.0/16', '10.0.255.0/24', true],
  ['10.0.0.0/16', '10.1.0.0/24', false],
  ['0.0.0.0/0', '255.255.255.255/32', true],
  ['10.0.0.0/8', 'a00::/16', false],
  ['10.0.0.0/8', '::10.0.0.0/104', false],
  ['10.1.0.0/16', '10.0.255.255/32', false],
  ['10.1.0.0/16', '10.1.0.0/32', true],
  ['10.1.0.0/16', '10.1.255.255/32', true],
  ['10.1.0.0/16', '10.2.0.0/32', false],
  ['2001:db8::/32', '2001:db8:ffff::/48', true],
  ['2001:db8::/32', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128', true],
  ['2001:db8::/32', '2001:db9::/128', false],
  ['2001:db8::/32', '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff/128', false],
  ['1:2:3:4:5:6:7:0/112', '1:2:3:4:5:6:7:8/128', true],
  ['0:0:3::7:0/112', '0:0:3:0:0:0:7:8/128', true],
  ['::/96', '::10.0.0.0/104', true],
  ['::ffff:10.20.0.0/112', '::ffff:a14:0/128', true],
  ['::ffff:10.20.30.40/128', '::ffff:a14:1e28/128', true],
  ['::ffff:10.20.30.40/128', '::ffff:a14:1e29/128', false],
])('%s and %s overlap, whichever is asked first: %s', (a, b, overlap) => {
  expect([cidrsOverlap(a, b), cidrsOverlap(b, a)]).toEqual([overlap, overlap]);
});

test('a block contains itself and smaller ones, not larger ones', () => {
  expect(['10.0.0.0/16', '10.0.0.0/17', '10.0.0.0/15'].map(inner => cidrContains('10.0.0.0/16', inner))).toEqual([true, true, false]);
});

test('the length of a prefix is a number', () => {
  expect(['10.0.0.0/8', '::/0'].map(prefixLength)).toEqual([8, 0]);
});

test('a block is divided into equal ones', () => {
  expect([0, 1, 3].map(n => subnetOf('100.64.0.0/16', n, 2))).toEqual(['100.64.0.0/18', '100.64.64.0/18', '100.64.192.0/18']);
});
