import { ScriptedServer } from './scripted-server';
import { withSecrets } from '../../handlers/delivery/secret-values';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf';
let manager: ScriptedServer;
beforeAll(async () => {
  manager = await ScriptedServer.start();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL_SECRETS_MANAGER: manager.url,
  });
});
afterAll(async () => manager.stop());
beforeEach(() => { manager.received.length = 0; });

const holds = (...secrets: (string | undefined)[]) => { manager.replies = secrets.map(SecretString => [200, { SecretString }]); };

/** The values with the secret at a path. */
async function put(path: string, values: string | undefined, Field?: string): Promise<unknown> {
  return JSON.parse((await withSecrets(values, { [path]: { Secret: ARN, Field } })).values);
}

test('a secret is read in its own region', async () => {
  holds('hunter2');
  await withSecrets(undefined, { password: { Secret: ARN } });
  expect(manager.received).toMatchObject([{ headers: { authorization: expect.stringContaining('/eu-west-1/secretsmanager/') }, body: JSON.stringify({ SecretId: ARN }) }]);
});

test('secrets are put where they belong, and named for concealing', async () => {
  holds('hunter2', '{"user":"me","port":5432,"tls":false}');
  expect(await withSecrets('{"db":{"host":"h"},"x":1}', { 'db.password': { Secret: ARN }, 'db.user': { Secret: ARN, Field: 'user' } })).toEqual({
    values: '{"db":{"host":"h","password":"hunter2","user":"me"},"x":1}', secrets: ['hunter2', 'me'],
  });
});

test.each<[string, string | undefined, object]>([
  ['password', undefined, { password: 'hunter2' }],
  ['password', '', { password: 'hunter2' }],
  ['password', '{"password":"before"}', { password: 'hunter2' }],
  ['a.b.c', undefined, { a: { b: { c: 'hunter2' } } }],
  ['a.b', '{"a":null}', { a: { b: 'hunter2' } }],
  ['annotations.example\\.com/a\\.b.c', '{}', { annotations: { 'example.com/a.b': { c: 'hunter2' } } }],
  ['toString.x', '{}', { toString: { x: 'hunter2' } }],
])('the path "%s" into %s leads to %j', async (path, values, expected) => {
  holds('hunter2');
  expect(await put(path, values)).toEqual(expected);
});

test.each([['{"db":"text"}', 'db'], ['{"db":[1]}', 'db'], ['{"db":{"a":3}}', 'a']])('in %s there is no place beneath "%s"', async (values, key) => {
  holds('hunter2');
  await expect(put('db.a.b', values)).rejects.toThrow(`the secret value "db.a.b" has no place: "${key}" is not an object among the values`);
});

test('a field that is no text is written as one', async () => {
  const secret = '{"user":"me","port":5432,"tls":false,"none":""}';
  holds(secret);
  expect([await put('x', '{}', 'port'), await put('x', '{}', 'tls'), await put('x', '{}', 'none')]).toEqual([{ x: '5432' }, { x: 'false' }, { x: '' }]);
});

test.each([['{"user":"me"}', 'password'], ['{"password":null}', 'password'], ['{"password":{"a":1}}', 'password'], ['null', 'password'], ['[]', 'password']])(
  'in the secret %s there is no text in the field "%s"', async (secret, field) => {
    holds(secret);
    await expect(put('db.password', '{}', field)).rejects.toThrow(`secret ${ARN} (value "db.password") has no text in its field "${field}"`);
  });

test('a secret that is no JSON has no fields, and is not repeated', async () => {
  holds('hunter2');
  await expect(put('x', '{}', 'password')).rejects.toThrow(/^secret arn:aws:\S+ \(value "x"\) is not valid JSON( \(at character \d+ of 7\))?$/);
});

test('a secret of bytes is none, an empty one is a text', async () => {
  holds(undefined);
  await expect(put('x', '{}')).rejects.toThrow(`secret ${ARN} (value "x") holds no text`);
  holds('');
  expect(await put('x', '{}')).toEqual({ x: '' });
});

test('one is asked for again when Secrets Manager has no answer', async () => {
  manager.replies = [...Array<[number, object]>(3).fill([503, { message: 'busy' }]), [200, { SecretString: 'hunter2' }]];
  expect(await put('x', '{}')).toEqual({ x: 'hunter2' });
});

test('one that cannot be read is named, with the reason', async () => {
  manager.replies = [[400, { __type: 'ResourceNotFoundException', message: 'no such secret' }]];
  await expect(put('db.password', '{}')).rejects.toThrow(`secret ${ARN} (value "db.password") cannot be read: ResourceNotFoundException: no such secret`);
});

test('values that are no JSON are said to be that, and are not repeated', async () => {
  await expect(put('x', 'password: hunter2')).rejects.toThrow(/^the values of the release is not valid JSON[^h]*$/);
});

test('no connection is left behind', async () => {
  holds('hunter2');
  await put('x', '{}');
  while (await manager.open > 0) {
    await new Promise(setImmediate);
  }
});
