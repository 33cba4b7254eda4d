import fc from 'fast-check';
import { join, parseJson, textOf } from '../../handlers/delivery/content';

test('a value inside a JSON string is escaped, one outside is taken as it is', () => {
  expect(join(['{"a":"x-', '-y","n":', ',"b":"', '"}'], ['"quoted"\n\\', '3', 'plain'])).toBe('{"a":"x-\\"quoted\\"\\n\\\\-y","n":3,"b":"plain"}');
});

test('an escaped quote before a value does not end its string', () => {
  expect(JSON.parse(join(['{"a":"\\"', '\\\\', '"}'], ['"', '"']))).toEqual({ a: '""\\"' });
});

test('whatever the values are, the text parses to an object that holds them', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 5 }), pairs => {
    const marker = '\u0000MARK\u0000';
    const escaped = JSON.stringify(marker).slice(1, -1);
    const parts = JSON.stringify(pairs.map(([literal]) => `${literal.replaceAll(marker, '')}${marker}`)).split(escaped);
    expect(JSON.parse(join(parts, pairs.map(([, value]) => value)))).toEqual(pairs.map(([literal, value]) => literal.replaceAll(marker, '') + value));
  }));
});

test('parts come from the bucket when they do not stand in the request', async () => {
  const read = async (bucket: string, key: string) => Buffer.from(JSON.stringify([`["${bucket}/${key}/`, '"]']));
  expect(await textOf({ Bucket: 'b', Key: 'k', Values: ['v'] }, read)).toBe('["b/k/v"]');
});

test('contents that do not fit together are refused', async () => {
  expect(() => join(['a', 'b'], [])).toThrow('2 parts and 0 values: there must be one part more than values');
  expect(() => join('a', [])).toThrow('not an array of strings');
  await expect(textOf({})).rejects.toThrow('neither "Parts" nor "Bucket" and "Key"');
});

test('text that is not JSON is not repeated in the error', () => {
  expect(() => parseJson('{"password": hunter2}', 'the manifest')).toThrow(/^the manifest is not valid JSON( \(at character 13 of 21\))?$/);
});
