import { loggedLines } from './logged-lines';
import { isTrue, logged, seconds } from '../../handlers/delivery/request';

const logs = loggedLines();
let now = 0;
beforeEach(() => {
  now = 1_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});

test('what was done is logged with the time it took, and its result handed on', async () => {
  expect(await logged('applied', 'ConfigMap shop/a', async () => {
    now += 250;
    return 'result';
  })).toBe('result');
  expect(logs).toEqual(['applied ConfigMap shop/a 250 ms']);
});

test('what failed is logged as that, and the error handed on', async () => {
  await expect(logged('applied', 'ConfigMap shop/a', async () => {
    now += 40;
    throw new Error('refused, with what it holds');
  })).rejects.toThrow('refused, with what it holds');
  expect(logs).toEqual(['applied ConfigMap shop/a failed after 40 ms']);
});

test.each([
  ['true', false, true], ['True', false, true], [true, false, true], ['false', true, false], [false, true, false], ['no', true, false],
  [undefined, true, true], [undefined, false, false], ['', true, true], ['', false, false], [null, true, false],
])('%j, with %s where nothing is said, is %s', (value, fallback, expected) => expect(isTrue(value, fallback)).toBe(expected));

test.each([
  ['30', 30], ['900s', 900], [45, 45], ['1.5', 1.5], [undefined, 600], [null, 600], ['', 600],
])('%j is a number of seconds: %d', (value, expected) => expect(seconds(value, 600)).toBe(expected));

test.each(['0', '-5', 'soon', '5m', 'Infinity', '-Infinity', 's5'])('%j is no number of seconds', value => {
  expect(() => seconds(value, 600)).toThrow(`"Timeout" is "${value}": give a number of seconds`);
});
