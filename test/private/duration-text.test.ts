import { Duration, Lazy } from 'aws-cdk-lib';
import { goDuration, secondsText } from '../../src/private/duration-text';

test.each([
  [Duration.days(30), '720h'], [Duration.minutes(90), '1h30m'], [Duration.seconds(45), '45s'], [Duration.seconds(3661), '1h1m1s'], [Duration.seconds(0), '0s'],
])('%s is %s in Go', (duration, text) => {
  expect(goDuration(duration)).toEqual(text);
});

test('seconds known only at deploy time become a token in the text', () => {
  const duration = Duration.seconds(Lazy.number({ produce: () => 7 }));
  expect(secondsText(duration)).toMatch(/^\$\{Token\[/);
  expect(goDuration(duration)).toMatch(/^\$\{Token\[.*\]\}s$/);
});
