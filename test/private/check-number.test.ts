import { Duration, Token } from 'aws-cdk-lib';
import { checkInteger, checkSeconds } from '../../src/private/check-number';

const token = Token.asNumber({ Ref: 'Number' });

test.each([1, 5, 10, token])('%d is taken from 1 to 10', value => expect(checkInteger('count', value, 1, 10)).toBe(value));
test.each([0, 11, 1.5, -1, NaN, Infinity])('%d is refused from 1 to 10', value =>
  expect(() => checkInteger('count', value, 1, 10)).toThrow(new Error(`"count" is ${value}: give a whole number from 1 to 10`)));

test('without an end there is only a least number', () => {
  expect([1, Number.MAX_SAFE_INTEGER].map(value => checkInteger('count', value, 1))).toEqual([1, Number.MAX_SAFE_INTEGER]);
  expect(() => checkInteger('count', 0, 1)).toThrow(new Error('"count" is 0: give a whole number of at least 1'));
});

test('a unit stands in the message', () => {
  expect(checkInteger('size', 20, 20, 40, 'GiB')).toBe(20);
  expect(() => checkInteger('size', 41, 20, 40, 'GiB')).toThrow(new Error('"size" is 41 GiB: give whole GiB from 20 to 40'));
  expect(() => checkInteger('wait', 0.5, 1, Infinity, 'minutes')).toThrow(new Error('"wait" is 0.5 minutes: give whole minutes of at least 1'));
});

test.each([Duration.seconds(30), Duration.minutes(1), Duration.seconds(60), Duration.seconds(45), Duration.seconds(token)])('%s is taken from 30 to 60 seconds', duration =>
  expect(checkSeconds('timeout', duration, 30, 60)).toBe(duration));
test.each([[Duration.seconds(29), '29'], [Duration.seconds(61), '61'], [Duration.millis(30_500), '30.5'], [Duration.minutes(2), '120']])('%s is refused from 30 to 60 seconds', (duration, seconds) =>
  expect(() => checkSeconds('timeout', duration, 30, 60)).toThrow(new Error(`"timeout" is ${seconds} seconds: give whole seconds from 30 to 60`)));

test('a duration without an end has only a least number of seconds', () => {
  expect(checkSeconds('ttl', Duration.days(365), 1).toDays()).toBe(365);
  expect(() => checkSeconds('ttl', Duration.seconds(0), 1)).toThrow(new Error('"ttl" is 0 seconds: give whole seconds of at least 1'));
});
