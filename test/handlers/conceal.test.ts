import { concealed, secretsIn } from '../../handlers/delivery/conceal';

test('values whose names sound secret are masked in what helm says', () => {
  const values = JSON.stringify({ auth: { user: 'administrator' }, dbPassword: 'hunter2', image: 'web', port: 80 });
  expect(concealed('failed at "hunter2" for administrator on web:80', secretsIn(values))).toBe('failed at "***" for *** on web:80');
});

test.each([
  ['as it is', 'pass"word\nline two'],
  ['in JSON', JSON.stringify('pass"word\nline two')],
  ['in base64', Buffer.from('pass"word\nline two').toString('base64')],
  ['in part', 'at: line two'],
])('a secret is masked %s', (_title, text) => {
  const result = concealed(`before ${text} after`, ['pass"word\nline two']);
  expect(result).toMatch(/^before .*\*\*\*.* after$/);
  expect(result).not.toMatch(/word|line|cGFzcyJ3b3Jk/);
});

test('what is in every other word is not masked', () => {
  expect(concealed('is not ready', ['is', ''])).toBe('is not ready');
});

test('a secret that begins like another is masked as a whole', () => {
  expect(concealed('hunter2-and-more hunter2', ['hunter2', 'hunter2-and-more'])).toBe('*** ***');
  expect(concealed('web', ['web'])).toBe('web');
});

test('the lines of a key are masked without their indentation', () => {
  expect(concealed('at MIIEvQ: no key', ['-----BEGIN KEY-----\n  MIIEvQ  \n-----END KEY-----\n'])).toBe('at ***: no key');
});

test('secret is what is called so at any depth, and nothing else', () => {
  expect(secretsIn(JSON.stringify({ image: 'web', auth: { users: [{ name: 'administrator' }], enabled: true, old: null }, apiKey: 12345, more: { TLS_PASS: 'p' } })))
    .toEqual(['administrator', '12345', 'p']);
  expect([secretsIn(undefined), secretsIn('')]).toEqual([[], []]);
});
