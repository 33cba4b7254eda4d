import { KubeError } from '../../handlers/delivery/kube-error';

const dump = JSON.stringify({ Containers: [{ Env: Array.from({ length: 30 }, (_, i) => ({ Name: `V${i}`, Value: 'hunter2' })) }] });

const refused = (status: number, body: Parameters<typeof KubeError.ofResponse>[1] = {}, retryAfter?: string) =>
  KubeError.ofResponse(status, body, retryAfter);

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

test('a field that is held by nobody in particular is a conflict too, other causes are none', () => {
  const causes = [{ reason: 'FieldManagerConflict', field: '.spec.a', message: 'conflict' }, { reason: 'FieldManagerConflict', field: '.spec.b' }, { reason: 'Other', field: '.spec.c' }];
  expect(refused(409, { details: { causes } }).fieldConflicts).toEqual(['.spec.a (another manager)', '.spec.b (another manager)']);
});

const conflict = { details: { causes: [{ reason: 'FieldManagerConflict' }] } };
const terminating = { details: { causes: [{ reason: 'Other' }, { reason: 'NamespaceTerminating' }] } };
const because = (message: string) => ({ details: { causes: [{ reason: 'Other' }, { message }] } });

test.each<[string, keyof KubeError, KubeError, boolean]>([
  ['fields that somebody else holds are a conflict of fields', 'isFieldConflict', refused(409, conflict), true],
  ['a conflict without such fields is none of fields', 'isFieldConflict', refused(409), false],
  ['another refusal is none of fields', 'isFieldConflict', refused(422, conflict), false],
  ['another object under the name is a failed precondition', 'isPrecondition', refused(409, { message: 'Precondition failed: UID in precondition: a, UID in object meta: b' }), true],
  ['another version of the object is a failed precondition', 'isPrecondition', refused(409, { message: 'the UID in the precondition (a1-b2) does not match the UID in record (c3)' }), true],
  ['another conflict is no failed precondition', 'isPrecondition', refused(409, { message: 'already exists' }), false],
  ['what is invalid is no failed precondition', 'isPrecondition', refused(422, { message: 'Precondition failed' }), false],
  ['a conflict without a word is no failed precondition', 'isPrecondition', refused(409), false],
  ['an object that was modified has changed meanwhile', 'hasChangedMeanwhile', refused(409, { message: 'the object has been modified; please apply your changes' }), true],
  ['an object whose change stands among the causes has changed meanwhile', 'hasChangedMeanwhile', refused(409, because('the object has been modified')), true],
  ['a patch whose test failed was for an earlier state', 'hasChangedMeanwhile', refused(422, { message: 'testing value /metadata/uid failed: test failed' }), true],
  ['another conflict does not mean a change', 'hasChangedMeanwhile', refused(409, { message: 'already exists, test failed' }), false],
  ['what is invalid does not mean a change', 'hasChangedMeanwhile', refused(422, { message: 'the object has been modified' }), false],
  ['a server\'s failure does not mean a change', 'hasChangedMeanwhile', refused(500, { message: 'the object has been modified, test failed' }), false],
  ['a namespace that goes takes nothing new', 'isNamespaceTerminating', refused(403, terminating), true],
  ['what is not allowed for another reason has nothing to do with its namespace', 'isNamespaceTerminating', refused(403, because('x')), false],
  ['a refusal without causes has nothing to do with a namespace that goes', 'isNamespaceTerminating', refused(403), false],
  ['another status is none of a namespace that goes', 'isNamespaceTerminating', refused(409, terminating), false],
  ['a path that is not served is unknown', 'isUnknownPath', refused(404, '404 page not found'), true],
  ['a path that is not served is unknown, whatever details there are', 'isUnknownPath', refused(404, { details: {} }), true],
  ['an object that is not there is on a path that is known', 'isUnknownPath', refused(404, { details: { name: 'web' } }), false],
  ['a failure is no unknown path', 'isUnknownPath', refused(500), false],
  ['a lost connection is no unknown path', 'isUnknownPath', KubeError.ofConnection(new Error('x')), false],
  ['an answer of the server is no lost connection', 'isConnection', refused(500), false],
  ['what is not invalid has no immutable field', 'isImmutable', refused(409, { message: 'field is immutable' }), false],
  ['what is invalid without a word has no immutable field', 'isImmutable', refused(422), false],
  ['one cause without a word is not about an immutable field', 'isImmutable', refused(422, because('field is immutable')), false],
  ['a version of HTTP that is not supported does not get better', 'isTransient', refused(505), false],
  ['a lost connection is not the server\'s', 'isTransient', KubeError.ofConnection(new Error('x')), false],
])('%s', (_title, property, error, expected) => expect(error[property]).toBe(expected));

test.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER'])(
  'a server that is another one (%s) does not get better', code => expect(KubeError.ofConnection(Object.assign(new Error('x'), { code })).isConnection).toBe(false));

test('a lost connection says why: in words or by its code', () => {
  const lost = (message: string, code?: string) => KubeError.ofConnection(Object.assign(new Error(message), { code }));
  expect([lost('connect ECONNREFUSED 10.0.0.1:443', 'ECONNREFUSED').message, lost('', 'ECONNRESET').message]).toEqual([
    'the API server cannot be reached: connect ECONNREFUSED 10.0.0.1:443', 'the API server cannot be reached: ECONNRESET',
  ]);
  expect([lost('x', 'ECONNRESET').code, lost('x').code, lost('x').isConnection, lost('x').reason, lost('x').name]).toEqual(['ECONNRESET', 'connection', true, '', 'KubeError']);
});

test('a refusal says what the server said, or only its status where it said nothing', () => {
  expect([refused(403, { message: 'not allowed', reason: 'Forbidden' }).message, refused(502, '<html>Bad Gateway</html>').message, refused(500).message])
    .toEqual(['not allowed', '<html>Bad Gateway</html>', 'HTTP 500']);
  expect([refused(403, { reason: 'Forbidden' }).reason, refused(403).reason, refused(403).fieldConflicts]).toEqual(['Forbidden', '', []]);
});

test('a long page of a proxy is cut', () => {
  expect(refused(502, 'x'.repeat(5000)).message).toBe('x'.repeat(500));
});

test('what the server itself was answered stands beside its words', () => {
  const causes = [{ reason: 'UnexpectedServerResponse', message: 'no route' }, { reason: 'Other', message: 'not this' }, { reason: 'UnexpectedServerResponse', message: 'to host' }];
  expect(refused(503, { message: 'the server is currently unable to handle the request', details: { causes } }).message)
    .toBe('the server is currently unable to handle the request: no route; to host');
});

test.each<[string, number | undefined, string | undefined, number | undefined]>([
  ['as the header says', undefined, '7', 7000],
  ['as the header says rather than the body', 5, '7', 7000],
  ['as the body says', 5, undefined, 5000],
  ['half a minute at most', undefined, '3600', 30_000],
  ['as it likes if nobody says', undefined, undefined, undefined],
  ['as it likes if it is told to at once', 5, '0', undefined],
  ['as it likes if a date is given', undefined, 'Wed, 21 Oct 2026 07:28:00 GMT', undefined],
])('the next try waits %s', (_title, retryAfterSeconds, header, expected) => {
  expect(refused(429, { details: { retryAfterSeconds } }, header).retryAfter).toBe(expected);
});

test('after several tries it is said for how long it was tried, and what was refused stays known', () => {
  const error = refused(409, { message: 'held', ...conflict }, '3').after(61_400);
  expect([error.message, error.status, error.isFieldConflict, error.retryAfter]).toEqual(['held (tried for 61 s)', 409, true, 3000]);
  expect(KubeError.ofConnection(Object.assign(new Error('x'), { code: 'ECONNRESET' })).after(1000).code).toBe('ECONNRESET');
});

test('a short refusal is told as it is, with the value that was wrong', () => {
  const message = 'spec: Invalid value: core.Spec{A:"b"}: field is immutable';
  expect(refused(422, { message }).message).toBe(message);
});

test('of a long refusal every structure goes and every reason stays', () => {
  const structure = `Invalid value: *core.Spec${dump}: `;
  expect(refused(422, { message: `spec.a[0]: ${structure}field is immutable, spec.b: ${structure}is required, spec.c: Invalid value: "x": too short` }).message)
    .toBe('spec.a[0]: field is immutable, spec.b: is required, spec.c: Invalid value: "x": too short');
  expect(refused(422, { message: `[spec.a: ${structure}field is immutable, [0].b: Required]` }).message).toBe('[spec.a: field is immutable, [0].b: Required]');
});

test('about a Secret it is said for what reason, and where, as far as that is known', () => {
  const refusal = (body: Parameters<typeof KubeError.ofResponse>[1]) => KubeError.ofResponse(422, body, undefined, true).message;
  const words = '(the server\'s words may hold values of the Secret and are left out)';
  expect(refusal({ message: 'hunter2' })).toBe(`refused ${words}`);
  expect(refusal('hunter2')).toBe(`refused ${words}`);
  expect(refusal({ reason: 'Invalid', details: { causes: [{ field: 'data[a]', reason: 'Bad', message: 'hunter2' }, { reason: 'Alone' }] } })).toBe(`Invalid (data[a]: Bad, Alone) ${words}`);
});
