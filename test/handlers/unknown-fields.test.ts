import { dropUnknownFields } from '../../handlers/delivery/unknown-fields';

test('unknown fields are dropped where the refusal says they are', () => {
  const object: any = { spec: { a: 1, b: { c: 2, d: 3 }, list: [{ name: 'x', e: 1 }, { name: 'y', e: 1, ports: [{ port: 80, f: 1 }] }] } };
  expect(dropUnknownFields(object, 'errors:\n  .spec.a: field not declared in schema\n  .spec.b.c: field not declared in schema\n  .spec.list[name="y"].ports[port=80,protocol="TCP"].f: field not declared in schema')).toBe(true);
  expect(object).toEqual({ spec: { b: { d: 3 }, list: [{ name: 'x', e: 1 }, { name: 'y', e: 1, ports: [{ port: 80 }] }] } });
  expect(dropUnknownFields(object, '.spec.gone: field not declared in schema')).toBe(false);
  expect(dropUnknownFields(object, 'anything else')).toBe(false);
});

const refusal = (...paths: string[]) => `failed to create typed patch object (a/b; v1, Kind=C): ${paths.map(path => `${path}: field not declared in schema`).join('\n')}`;

test.each<[string, any, string, any]>([
  ['of all items of a list without a known key', { list: [{ a: 1 }, { a: 2, b: 3 }] }, '.list[name="x"].a', { list: [{}, { b: 3 }] }],
  ['of the item with a key that is a number', { ports: [{ port: 80, x: 1 }, { port: 8080, x: 1 }] }, '.ports[port=80].x', { ports: [{ port: 80 }, { port: 8080, x: 1 }] }],
  ['of the item at a place', { list: [{ a: 1 }, { a: 1 }] }, '.list[1].a', { list: [{ a: 1 }, {}] }],
  ['of the item at a place with two digits', { list: Array.from({ length: 12 }, (_, i) => ({ i, a: 1 })) }, '.list[11].a', { list: Array.from({ length: 12 }, (_, i) => i === 11 ? { i } : { i, a: 1 }) }],
  ['of an item with a key that holds a dash', { list: [{ name: 'a-b', x: 1 }, { name: 'a', x: 1 }] }, '.list[name="a-b"].x', { list: [{ name: 'a-b' }, { name: 'a', x: 1 }] }],
  ['of an item whose every key fits', { list: [{ port: 53, protocol: 'UDP', x: 1 }, { port: 53, protocol: 'TCP', x: 1 }] }, '.list[port=53,protocol="TCP"].x', { list: [{ port: 53, protocol: 'UDP', x: 1 }, { port: 53, protocol: 'TCP' }] }],
  ['beside an item that is null', { list: [null, { name: 'a', x: 1 }] }, '.list[name="a"].x', { list: [null, { name: 'a' }] }],
  ['even if it holds nothing', { a: { b: null, c: false } }, '.a.b', { a: { c: false } }],
])('a field is dropped %s', (_title, object, path, expected) => {
  expect(dropUnknownFields(object, refusal(path))).toBe(true);
  expect(object).toEqual(expected);
});

test.each<[string, any, string]>([
  ['of null', { a: null }, '.a.b'],
  ['of a text', { a: 'b' }, '.a.length'],
  ['of what is not there', {}, '.a.b.c'],
  ['of an item of what is no list', { a: { b: 1 } }, '.a[name="x"].b'],
  ['of an item that no list has', { a: [{ name: 'y', b: 1 }] }, '.a[name="x"].b'],
  ['at a place that the list has not', { a: [{ b: 1 }] }, '.a[3].b'],
  ['where a whole item is meant', { a: [{ name: 'x' }] }, '.a[name="x"]'],
])('nothing is dropped %s', (_title, object, path) => {
  const before = JSON.stringify(object);
  expect(dropUnknownFields(object, refusal(path))).toBe(false);
  expect(JSON.stringify(object)).toBe(before);
});

test('one field that can be dropped is enough for another try', () => {
  const object: any = { a: 1 };
  expect(dropUnknownFields(object, refusal('.gone', '.a', '.gone.too'))).toBe(true);
  expect(object).toEqual({});
});
