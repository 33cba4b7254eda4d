import { Token } from 'aws-cdk-lib';
import { checkCidr } from '../../src/private/cidr';

test.each(['10.0.0.0/16', '0.0.0.0/0', '192.168.1.7/32', '::/0', '2001:db8::/32', 'fd00:ec2::23/128', '::ffff:10.0.0.0/104'])('%s is a CIDR block', cidr => {
  expect(checkCidr('cidrs', cidr)).toEqual(cidr);
});

test.each([
  ['10.0.0.1', '"cidrs" has "10.0.0.1" without a prefix length: give "10.0.0.1/32" for this one address'],
  ['fd00::1', '"cidrs" has "fd00::1" without a prefix length: give "fd00::1/128" for this one address'],
  ['10.0.0.0/33', '"cidrs" has "10.0.0.0/33": give a prefix length from 0 to 32'],
  ['10.0.0.0/', '"cidrs" has "10.0.0.0/": give a prefix length from 0 to 32'],
  ['10.0.0.0/8/8', '"cidrs" has "10.0.0.0/8/8": give a CIDR block such as "10.0.0.0/16"'],
  ['10.0/16', '"cidrs" has "10.0/16": give a CIDR block such as "10.0.0.0/16"'],
  ['anywhere', '"cidrs" has "anywhere": give a CIDR block such as "10.0.0.0/16"'],
  ['10.0.1.0/16', '"cidrs" has "10.0.1.0/16", but 10.0.1.0 is not the first address of a /16: give the first address of the block'],
  ['2001:db8::1/64', '"cidrs" has "2001:db8::1/64", but 2001:db8::1 is not the first address of a /64: give the first address of the block'],
])('%s is refused', (cidr, message) => {
  expect(() => checkCidr('cidrs', cidr)).toThrow(message);
});

test('what is known only at deploy time is let through', () => {
  const token = Token.asString({ Ref: 'Cidr' });
  expect(checkCidr('cidrs', token)).toEqual(token);
});
