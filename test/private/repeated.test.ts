import { repeated } from '../../src/private/repeated';

test('the first item that comes again is named, and none where each is there once', () => {
  expect(repeated(['a', 'b', 'c', 'b', 'a'])).toBe('b');
  expect([[], ['a'], ['a', 'b']].map(repeated)).toEqual([undefined, undefined, undefined]);
});
