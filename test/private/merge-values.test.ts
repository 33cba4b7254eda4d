import * as fc from 'fast-check';
import { mergeValues } from '../../src/private/merge-values';
import { sortKeys } from '../../src/private/sort-keys';

test('user values win, deeply, and nothing else is lost', () => {
  expect(mergeValues({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] } })).toEqual({ a: { b: 1, c: [3] }, d: 1 });
});

test('undefined says nothing, null is kept for helm to remove a default', () => {
  expect(mergeValues({ a: 1, b: 1 }, { a: undefined, b: null })).toEqual({ a: 1, b: null });
});

test('an object takes the place of what is none, and the other way round', () => {
  const user = { a: { x: 1 }, b: 2, d: { y: 1 }, e: { z: 1 } };
  expect(mergeValues({ a: 1, b: { c: 1 }, d: null, e: [1] }, user)).toEqual(user);
  expect(mergeValues({ a: { b: 1 } }, { a: null })).toEqual({ a: null });
});

test('there may be any number of layers, some of them missing, and the last one wins', () => {
  expect([mergeValues(), mergeValues(undefined), mergeValues(undefined, { a: 1 }, undefined, { a: 2, b: { c: 1 } }, { a: 3, b: { c: undefined } })])
    .toEqual([{}, {}, { a: 3, b: { c: 1 } }]);
});

test('what comes out can be changed like any object, whatever its keys are', () => {
  const merged = mergeValues(JSON.parse('{"__proto__": {"a": 1}, "b": 1}'));
  expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1},"b":1}');
  merged.b = 2;
  delete merged.__proto__;
  expect(JSON.stringify(merged)).toBe('{"b":2}');
});

test('neither side is changed', () => {
  const base = Object.freeze({ a: Object.freeze({ b: 1 }) });
  expect(mergeValues(base, { a: { c: 2 } })).toEqual({ a: { b: 1, c: 2 } });
});

const values = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.dictionary(fc.string(), fc.integer())));

test('every value of the user stands in the result, whatever the keys', () => {
  fc.assert(fc.property(values, values, (base, user) => {
    const merged = mergeValues(base, user);
    for (const [key, value] of Object.entries(user)) {
      if (typeof value === 'object') {
        expect(merged[key]).toMatchObject({ ...value });
      } else {
        expect(merged[key]).toBe(value);
      }
    }
    expect(Object.keys(merged).sort()).toEqual([...new Set([...Object.keys(base), ...Object.keys(user)])].sort());
  }));
});

test('sorting keys changes no value', () => {
  fc.assert(fc.property(fc.jsonValue(), value => {
    expect(sortKeys(value)).toEqual(value);
  }));
});
