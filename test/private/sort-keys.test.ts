import { Token } from 'aws-cdk-lib';
import { isPlainObject, sortKeys } from '../../src/private/sort-keys';

test('the keys of every object are in order, also within lists, and lists keep theirs', () => {
  const value = { b: [{ d: 1, c: { f: 2, e: null } }, 'z', 'a'], a: undefined };
  expect(JSON.stringify(sortKeys(value), (_, item) => item === undefined ? 'undefined' : item)).toBe('{"a":"undefined","b":[{"c":{"e":null,"f":2},"d":1},"z","a"]}');
});

test('what is no object literal stays as it is', () => {
  const token = Token.asAny({ Ref: 'Map' });
  const date = new Date(0);
  expect(sortKeys({ b: token, a: date })).toEqual({ a: date, b: token });
  expect([sortKeys(token), sortKeys(date)]).toEqual([token, date]);
  expect([token, date, null, undefined, 'text', 1, ['list'], () => undefined].map(isPlainObject)).toEqual(Array(8).fill(false));
});

test('an object without a prototype is an object literal too', () => {
  const bare = Object.assign(Object.create(null), { b: 1, a: 2 });
  expect([{}, bare].map(isPlainObject)).toEqual([true, true]);
  expect(Object.keys(sortKeys(bare))).toEqual(['a', 'b']);
});
