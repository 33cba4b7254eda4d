import { readPath } from '../../handlers/delivery/json-path';

const object = {
  metadata: { 'labels': { 'app.kubernetes.io/name': 'web' }, 'dashed-name': 'd' },
  data: { 'tls.crt': 'Y2VydA==', 'it\'s': 'quoted' },
  list: [null, { a: 1 }, 'text'],
  numbers: Array.from({ length: 12 }, (_, i) => i),
  sets: [{ name: 'x', of: ['a', 'b'] }, { name: 'y', of: ['c'] }],
  spec: { replicas: 3, paused: false, ports: [{ name: 'http', port: 80 }, { name: 'https', port: 443 }] },
  status: { conditions: [{ type: 'Ready', status: 'True' }, { type: 'Old' }], loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] }, none: null },
};

test.each([
  ['.status.loadBalancer.ingress[0].hostname', 'lb.example.com'],
  ['{.status.loadBalancer.ingress[0].hostname}', 'lb.example.com'],
  ['$.status.loadBalancer.ingress[0].hostname', 'lb.example.com'],
  ['status.loadBalancer.ingress[0].hostname', 'lb.example.com'],
  ['.spec.replicas', '3'],
  ['.spec.paused', 'false'],
  ['.spec.ports[-1].port', '443'],
  ['.spec.ports[*].name', 'http https'],
  ['.spec.ports[?(@.name=="https")].port', '443'],
  ['.spec.ports[?(@.name!="https")].port', '80'],
  ['.spec.ports[?(@.port==443)].name', 'https'],
  ['.status.conditions[?(@.status)].type', 'Ready'],
  ['.metadata.dashed-name', 'd'],
  ['.metadata.labels.app\\.kubernetes\\.io/name', 'web'],
  ["['metadata']['labels']['app.kubernetes.io/name']", 'web'],
  ['.data.tls\\.crt', 'Y2VydA=='],
  ['.spec.ports[0]', '{"name":"http","port":80}'],
  ['.status.none', ''],
  ['.status.missing.deeper[3].still', ''],
  ['.constructor', ''],
  [' {.spec.replicas} ', '3'],
  ['{ .spec.replicas }', '3'],
  ['{\n.spec.replicas\n}', '3'],
  ['.numbers[10]', '10'],
  ['.numbers[-12]', '0'],
  ['.numbers[12]', ''],
  ['.spec[0]', ''],
  ['.list[*].a', '1'],
  ['.list[*].*', '1'],
  ['.list[?(@.a)].a', '1'],
  ['.sets.*.name', 'x y'],
  ['.sets[*].of[0]', 'a c'],
  ['.metadata.labels.*', 'web'],
  ['.metadata.dashed-name.length', ''],
  ['.metadata.dashed-name.*', ''],
  ['.metadata["dashed-name"]', 'd'],
  ['.metadata[ "dashed-name" ]', 'd'],
  ['.data["it\'s"]', 'quoted'],
  ['.spec.ports[?(@.name==\'https\')].port', '443'],
  ['.spec.ports[?( @.name == "https" )].port', '443'],
  ['.spec.ports[?( @.name == \'https\' )].port', '443'],
  ['.spec.ports[?(@.port == 443 )].name', 'https'],
  ['.spec.ports[?(@.name==https)].port', '443'],
  ['.spec.ports[?(@.name=="")].port', ''],
  ['.spec.ports[?(@.name==\'\')].port', ''],
  ['.status.conditions[?(@.status!="True")].type', ''],
  ['.sets[?(@.of[*]=="b")].name', 'x'],
  ['.spec[?(@.replicas)].x', ''],
])('%s reads what kubectl reads', (path, value) => expect(readPath(object, path)).toBe(value));

test.each(['..name', '.items[0:2]', '{range .items[*]}{.x}{end}', '.a[?(@.b', '.a[(@.length-1)]', 'before{.a}', '{.a}after', '.a[?(@.b=="c" && @.d)]', '.a b', '.a[x]'])('%s is not understood, and that is said', path => {
  expect(() => readPath(object, path)).toThrow(`"JsonPath" is "${path}"`);
});

test.each(['.', '{.}', '$', '{}', ''])('"%s" is the whole object', path => expect(readPath({ a: [1] }, path)).toBe('{"a":[1]}'));

test('a value can be read out of what is no object at all', () => {
  expect([readPath(null, '.a'), readPath('text', '.a'), readPath(['a', 'b'], '[1]')]).toEqual(['', '', 'b']);
});

test('of a path that is not understood the part is shown, and a path that would be', () => {
  expect(() => readPath({}, '.items[0:2].name')).toThrow('"JsonPath" is ".items[0:2].name": "[0:2].name" is not understood. Give a path such as .status');
});
