import { KubeError } from '../../handlers/delivery/kube-error';
import { dropUnknownFields } from '../../handlers/delivery/unknown-fields';

const dump = JSON.stringify({ Containers: [{ Env: Array.from({ length: 30 }, (_, i) => ({ Name: `V${i}`, Value: 'hunter2' })) }] });

test('a refused structure is not repeated; the field before it and the reason after it stay', () => {
  const error = KubeError.ofResponse(422, { reason: 'Invalid', message: `Job.batch "m" is invalid: spec.template: Invalid value: core.PodTemplateSpec${dump}: field is immutable` }, undefined);
  expect(error.message).toBe('Job.batch "m" is invalid: spec.template: field is immutable');
  expect(error.isImmutable).toBe(true);
});

test.each([
  'spec.clusterIPs[0]: Invalid value: may not change once set',
  'roleRef: Invalid value: cannot change roleRef',
  'spec: Forbidden: updates to statefulset spec for fields other than \'replicas\' are forbidden',
  'provisioner: Forbidden: updates to provisioner are forbidden.',
  'value: Forbidden: may not be changed in an update.',
  'spec.role: Invalid value: immutable field changed',
])('"%s" is about a field that cannot be changed', message => {
  const refusal = (...causes: string[]) =>
    KubeError.ofResponse(422, { message, details: { causes: causes.map(text => ({ message: text })) } }, undefined);
  expect(refusal(message).isImmutable).toBe(true);
  // An object that would be refused anyway must not be deleted to make room for it.
  expect(refusal(message, 'Required value').isImmutable).toBe(false);
});

test('about a Secret nothing is repeated but which field it was', () => {
  const error = KubeError.ofResponse(422, { reason: 'Invalid', message: 'data: Invalid value: "hunter2"', details: { causes: [{ reason: 'FieldValueInvalid', field: 'data[password]', message: '"hunter2"' }] } }, undefined, true);
  expect(error.message).toContain('data[password]: FieldValueInvalid');
  expect(error.message).not.toContain('hunter2');
  expect(KubeError.ofResponse(500, { message: 'failed to create typed patch object: hunter2' }, undefined, true).isTransient).toBe(false);
});

test.each<[string, number, string, boolean]>([
  ['too many requests', 429, '', true],
  ['a server that is restarting', 503, '', true],
  ['a webhook that cannot be reached', 500, 'Internal error occurred: failed calling webhook "x": no endpoints available', true],
  ['what the schema refuses', 500, 'failed to create typed patch object (a/b; v1, Kind=C): .spec: expected map, got string', false],
  ['what is not implemented', 501, '', false],
  ['what is invalid', 422, '', false],
])('%s (%d) is tried again: %#', (_title, status, message, expected) => {
  expect(KubeError.ofResponse(status, { message }, undefined).isTransient).toBe(expected);
});

test('a connection is tried again, a wrong certificate is not', () => {
  expect(KubeError.ofConnection(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })).isConnection).toBe(true);
  expect(KubeError.ofConnection(Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })).isConnection).toBe(false);
});

test('a field conflict names field and manager', () => {
  const error = KubeError.ofResponse(409, { reason: 'Conflict', message: 'x', details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl" using apps/v1', field: '.spec.replicas' }] } }, undefined);
  expect(error.fieldConflicts).toEqual(['.spec.replicas (kubectl)']);
});

test('unknown fields are dropped where the refusal says they are', () => {
  const object: any = { spec: { a: 1, b: { c: 2, d: 3 }, list: [{ name: 'x', e: 1 }, { name: 'y', e: 1, ports: [{ port: 80, f: 1 }] }] } };
  expect(dropUnknownFields(object, 'errors:\n  .spec.a: field not declared in schema\n  .spec.b.c: field not declared in schema\n  .spec.list[name="y"].ports[port=80,protocol="TCP"].f: field not declared in schema')).toBe(true);
  expect(object).toEqual({ spec: { b: { d: 3 }, list: [{ name: 'x', e: 1 }, { name: 'y', e: 1, ports: [{ port: 80 }] }] } });
  expect(dropUnknownFields(object, '.spec.gone: field not declared in schema')).toBe(false);
  expect(dropUnknownFields(object, 'anything else')).toBe(false);
});
