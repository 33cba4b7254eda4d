import { Token } from 'aws-cdk-lib';
import { checkQuantity, checkRequestWithinLimit, quantityValue } from '../../src/private/quantity';

test.each([
  ['1', 1], ['1.5', 1.5], ['.5', 0.5], ['250m', 0.25], ['100n', 1e-7], ['2k', 2000], ['3M', 3e6],
  ['1Ki', 1024], ['2Gi', 2 * 1024 ** 3], ['1e3', 1000], ['5E-1', 0.5], ['1E', 1e18], ['-1', -1],
])('%s is %d', (quantity, value) => {
  expect(quantityValue(quantity)).toBeCloseTo(value, 9);
});

test.each(['', '1GB', '1 Gi', 'Gi', '1KI', '-1', '--1', '1.5.1'])('"%s" is refused', quantity => {
  expect(() => checkQuantity('memory', quantity)).toThrow(`"memory" is "${quantity}": give a quantity that is not negative, such as "250m", "2" or "512Mi"`);
});

test('a request may be as much as its limit, in any unit, but not more', () => {
  checkRequestWithinLimit('request', '1024Mi', 'limit', '1Gi');
  expect(() => checkRequestWithinLimit('request', '1025Mi', 'limit', '1Gi')).toThrow('"request" is 1025Mi but "limit" is 1Gi: give a limit of at least the request');
});

test('what is known only at deploy time is let through', () => {
  const token = Token.asString({ Ref: 'Memory' });
  expect(checkQuantity('memory', token)).toEqual(token);
  checkRequestWithinLimit('request', '2Gi', 'limit', token);
});
