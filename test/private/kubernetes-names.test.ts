import { Token } from 'aws-cdk-lib';
import { checkDnsLabel, checkDnsSubdomain, checkLabelKey, checkLabels, checkLabelValue, checkNamespace, checkServiceAccount } from '../../src/private/kubernetes-names';

const token = Token.asString({ Ref: 'Text' });
const of = (length: number) => 'a'.repeat(length);

/** A check, what it takes and what it refuses: the longest and what is one longer, either end, and the characters between. */
const CHECKS: [title: string, check: (value: string) => string, taken: string[], refused: string[]][] = [
  ['a DNS label', value => checkDnsLabel('name', value),
    ['a', '7', 'a-b', 'a--7', of(63)], ['', 'A', 'aB', '-a', 'a-', 'a.b', 'a_b', 'a b', of(64)]],
  ['a short DNS label', value => checkDnsLabel('name', value, 15), [of(15)], [of(16)]],
  ['a DNS subdomain', value => checkDnsSubdomain('name', value),
    ['a', '7', 'a-b', 'a.b', '1.2.3', 'a--b.c', of(253)], ['', 'A', 'a.B', '.a', 'a.', 'a..b', 'a.-b', 'a-.b', 'a_b', of(254)]],
  ['a short DNS subdomain', value => checkDnsSubdomain('name', value, 63), [of(63), 'a.b'], [of(64)]],
  ['a namespace', value => checkNamespace('namespace', value), ['shop', of(63)], ['a.b', of(64)]],
  ['a service account', value => checkServiceAccount('serviceAccount', value), ['web', 'a.b', of(253)], ['Web', of(254)]],
  ['the key of a label', key => checkLabelKey('labels', key),
    ['a', 'A', '7', 'A_b.c-d', of(63), 'example.com/a', `a/${of(63)}`, `${of(253)}/a`],
    ['', '-a', 'a-', '_a', 'a.', 'a b', of(64), '/a', 'a/', 'a/b/c', 'a//b', 'Example.com/a', 'a_b/c', `a/${of(64)}`, `${of(254)}/a`]],
  ['the value of a label', value => checkLabelValue('labels.team', value),
    ['', 'a', 'A', '7', 'A_b.c-d', of(63)], ['-a', 'a-', '_a', 'a.', 'a b', 'a/b', ' ', of(64)]],
];

const shown = (value: string): [string, string] => [value.length > 20 ? `${value.slice(0, 8)}... (${value.length} characters)` : value, value];

describe.each(CHECKS)('%s', (_, check, taken, refused) => {
  test.each(taken.map(shown))('may be "%s"', (__, value) => expect(check(value)).toBe(value));
  test.each(refused.map(shown))('may not be "%s"', (__, value) => expect(() => check(value)).toThrow(`is "${value}": give `));
  test('may be known only at the deployment', () => expect(check(token)).toBe(token));
});

test('a message says the prop, the value and the rule', () => {
  expect(() => checkDnsLabel('ports.name', 'My Port', 15)).toThrow(new Error(
    '"ports.name" is "My Port": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 15 characters'));
  expect(() => checkNamespace('namespace', 'a.b')).toThrow(new Error(
    '"namespace" is "a.b": give lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters'));
  expect(() => checkServiceAccount('serviceAccount', 'A')).toThrow(new Error(
    '"serviceAccount" is "A": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'));
  expect(() => checkLabelKey('labels', 'a b')).toThrow(new Error(
    '"labels" is "a b": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'));
  expect(() => checkLabelValue('labels.team', 'a b')).toThrow(new Error(
    '"labels.team" is "a b": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'));
});

test('labels are checked one by one, and there may be none', () => {
  expect(checkLabels('labels')).toEqual({});
  expect(checkLabels('labels', { team: 'shop', stage: '' })).toEqual({ team: 'shop', stage: '' });
  expect(() => checkLabels('labels', { 'team': 'shop', 'my stage': '' })).toThrow('"labels" is "my stage"');
  expect(() => checkLabels('labels', { team: 'shop', stage: 'a b' })).toThrow('"labels.stage" is "a b"');
});
