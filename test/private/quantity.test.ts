import { Token } from 'aws-cdk-lib';
import { checkQuantities, checkQuantity, checkRequestWithinLimit, quantityValue } from '../../src/private/quantity';

test.each([
  ['1', 1], ['1.5', 1.5], ['.5', 0.5], ['250m', 0.25], ['100n', 1e-7], ['2k', 2000], ['3M', 3e6],
  ['1Ki', 1024], ['2Gi', 2 * 1024 ** 3], ['1e3', 1000], ['5E-1', 0.5], ['1E', 1e18], ['-1', -1],
  ['0', 0], ['+1', 1], ['1.', 1], ['12.75', 12.75], ['.25', 0.25], ['1e+3', 1000], ['12e10', 12e10], ['1e-12', 1e-12], ['500u', 5e-4],
  ['1Mi', 1024 ** 2], ['1Ti', 1024 ** 4], ['1Pi', 1024 ** 5], ['1Ei', 1024 ** 6], ['1G', 1e9], ['1T', 1e12], ['1P', 1e15],
])('%s is %d', (quantity, value) => {
  expect(quantityValue(quantity)).toBeCloseTo(value, 9);
});

test.each(['', '1GB', '1 Gi', 'Gi', '1KI', '-1', '-1m', '--1', '1.5.1', '.', 'x1', '1x', '1e', '1ee3', '1e3Ki', '1K', '1i', '1Kib', ' 1'])('"%s" is refused', quantity => {
  expect(() => checkQuantity('memory', quantity)).toThrow(`"memory" is "${quantity}": give a quantity that is not negative, such as "250m", "2" or "512Mi"`);
});

test.each(['0', '-0', '0.5', '1e3', '250m'])('"%s" is taken', quantity => expect(checkQuantity('memory', quantity)).toBe(quantity));

test('every quantity of a map is checked, and there may be none', () => {
  expect([checkQuantities('limits'), checkQuantities('limits', { cpu: '1', memory: '1Gi' })]).toEqual([{}, { cpu: '1', memory: '1Gi' }]);
  expect(() => checkQuantities('limits', { cpu: '1', memory: 'much' })).toThrow('"limits.memory" is "much": give a quantity');
});

test('a request may be as much as its limit, in any unit, but not more', () => {
  checkRequestWithinLimit('request', '1024Mi', 'limit', '1Gi');
  checkRequestWithinLimit('request', '1', 'limit', '2');
  expect(() => checkRequestWithinLimit('request', '1025Mi', 'limit', '1Gi')).toThrow('"request" is 1025Mi but "limit" is 1Gi: give a limit of at least the request');
});

test('what is known only at deploy time is let through', () => {
  const token = Token.asString({ Ref: 'Memory' });
  expect(checkQuantity('memory', token)).toEqual(token);
  expect(quantityValue(token)).toBeUndefined();
  checkRequestWithinLimit('request', '2Gi', 'limit', token);
  checkRequestWithinLimit('request', token, 'limit', '2Gi');
});
