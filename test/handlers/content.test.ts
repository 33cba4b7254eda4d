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

test('a value outside of a string may be JSON itself, also after a string', () => {
  expect(JSON.parse(join(['{"a":"x', '","bc":', '}'], ['y', '{"d":"e"}']))).toEqual({ a: 'xy', bc: { d: 'e' } });
  expect(JSON.parse(join(['{"a":"\\\\', '","b":', '}'], ['y', '"z"']))).toEqual({ a: '\\y', b: 'z' });
});

test('a value that is no text is written as JSON, one that is missing is empty', () => {
  expect(join(['{"a":', ',"b":"', '"}'], [{ c: 1 }, [2]])).toBe('{"a":{"c":1},"b":"[2]"}');
  expect(join(['{"a":', '}'], [undefined])).toBe('{"a":""}');
});

test('parts that stand in the request are read from nowhere else', async () => {
  const read = async () => Buffer.from('["from the bucket"]');
  expect(await textOf({ Parts: ['[', ']'], Values: ['1'], Bucket: 'b', Key: 'k' }, read)).toBe('[1]');
  expect(await textOf({ Parts: ['[]'] }, read)).toBe('[]');
  expect(await textOf({ Bucket: 'b', Key: 'k' }, read)).toBe('from the bucket');
});

test('a bucket without a key, a file that is none of ours and parts that are no texts are refused', async () => {
  await expect(textOf({ Bucket: 'b' })).rejects.toThrow('neither "Parts" nor "Bucket" and "Key"');
  await expect(textOf({ Key: 'k' })).rejects.toThrow('neither "Parts" nor "Bucket" and "Key"');
  await expect(textOf({ Bucket: 'b', Key: 'k' }, async () => Buffer.from('<Error/>'))).rejects.toThrow(/^s3:\/\/b\/k is not valid JSON/);
  expect(() => join(['a', 1, 'b'], ['x', 'y'])).toThrow('not an array of strings');
});

test('where the text stops being JSON is said, if it is known', () => {
  expect(() => parseJson('{"a": "hunter2" "b"}', 'the manifest')).toThrow(/^the manifest is not valid JSON \(at character 16 of 20\)$/);
  expect(() => parseJson('', 'the manifest')).toThrow(/^the manifest is not valid JSON$/);
  expect(parseJson('{"a":1}', 'the manifest')).toEqual({ a: 1 });
});
