import { readPath } from '../../handlers/delivery/json-path';

const object = {
  metadata: { 'labels': { 'app.kubernetes.io/name': 'web' }, 'dashed-name': 'd' },
  data: { 'tls.crt': 'Y2VydA==' },
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
])('%s reads what kubectl reads', (path, value) => expect(readPath(object, path)).toBe(value));

test.each(['..name', '.items[0:2]', '{range .items[*]}{.x}{end}', '.a[?(@.b', '.a[(@.length-1)]'])('%s is not understood, and that is said', path => {
  expect(() => readPath(object, path)).toThrow(`"JsonPath" is "${path}"`);
});
