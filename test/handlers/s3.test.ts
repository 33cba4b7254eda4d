import { ScriptedServer } from './scripted-server';
import { readObject } from '../../handlers/delivery/s3';

let s3: ScriptedServer;
beforeAll(async () => {
  s3 = await ScriptedServer.start();
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL_S3: s3.url });
});
afterAll(async () => s3.stop());
beforeEach(() => { s3.received.length = 0; });

test('an object is read as it is, byte by byte', async () => {
  const bytes = Buffer.from([0, 255, 128, 10, 13, 0xc3]);
  s3.replies = [[200, bytes]];
  expect(await readObject('assets', 'a b/c.zip')).toEqual(bytes);
  // A bucket is named in the host where that is a name, and in the path where it is an address.
  expect(s3.received).toMatchObject([{ method: 'GET', path: expect.stringMatching(/^(\/assets)?\/a%20b\/c\.zip$/) }]);
});

test('one is asked for again when S3 has no answer', async () => {
  s3.replies = [...Array<[number, string]>(3).fill([500, '<Error><Code>InternalError</Code></Error>']), [200, 'x']];
  expect((await readObject('assets', 'x')).toString()).toBe('x');
});

test('one that cannot be read is named, with the reason', async () => {
  s3.replies = [[404, '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>']];
  await expect(readObject('assets', 'gone.zip')).rejects.toThrow('s3://assets/gone.zip cannot be read: NoSuchKey: The specified key does not exist.');
});

test('no connection is left behind', async () => {
  s3.replies = [[200, 'x']];
  await readObject('assets', 'x');
  while (await s3.open > 0) {
    await new Promise(setImmediate);
  }
});
