import { toToml } from '../../src/nodes/toml';

test('settings become tables with sorted keys, values before tables', () => {
  expect(toToml({ settings: { b: { list: ['x', 1, true] }, a: 'text', empty: {}, unset: undefined } })).toBe('[settings]\na = "text"\n[settings.b]\nlist = ["x", 1, true]');
});

test('a key with a slash is quoted', () => {
  expect(toToml({ a: { 'example.com/b': 'c' } })).toBe('[a]\n"example.com/b" = "c"');
});

test.each([
  ['a quote in a value', { a: { b: 'say "x"' } }, '"bottlerocketSettings.b" has a quote, backslash or line break'],
  ['a line break in a value', { a: { b: 'x\ny' } }, '"bottlerocketSettings.b" has a quote, backslash or line break'],
  ['a table whose header would need quotes', { a: { 'b.c': { d: 1 } } }, '"bottlerocketSettings.b.c" is a table: EKS cannot read'],
  ['nothing', { a: { b: null } }, '"bottlerocketSettings.b" is null: give a string'],
])('%s is refused, because EKS cannot read it', (_, settings, message) => {
  expect(() => toToml(settings)).toThrow(message);
});
