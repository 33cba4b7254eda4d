import { nearlyTooLarge, Size, tooLarge } from '../../src/checks/sizes';

const sizes = [80, 81, 100, 101].map(size => ({ size, limit: 100, message: String(size) }) as Size);
const messages = (found: { message: string }[]) => found.map(({ message }) => message);

test('what takes all that there may be is not too large', () => {
  expect(messages(tooLarge(sizes))).toEqual(['101']);
});

test('what takes more than four fifths is near, what takes too much is no longer', () => {
  expect(messages(nearlyTooLarge(sizes))).toEqual(['81', '100']);
});
