import { minorOf } from '../../src/private/minor-of';

test('the minor version is the second part, whether a patch number follows or not', () => {
  expect(['1.36', '1.36.2', '1.9'].map(minorOf)).toEqual([36, 36, 9]);
});

test('what has no second part is no number, and what is no string is read as its text', () => {
  expect(minorOf('latest')).toBeNaN();
  expect(minorOf(1.36 as any)).toBe(36);
});
