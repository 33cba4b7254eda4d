import * as fc from 'fast-check';
import { mergeValues } from '../../src/private/merge-values';
import { sortKeys } from '../../src/private/sort-keys';

test('user values win, deeply, and nothing else is lost', () => {
  expect(mergeValues({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] } })).toEqual({ a: { b: 1, c: [3] }, d: 1 });
});

test('undefined says nothing, null is kept for helm to remove a default', () => {
  expect(mergeValues({ a: 1, b: 1 }, { a: undefined, b: null })).toEqual({ a: 1, b: null });
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
