import { createHash, createHmac } from 'node:crypto';
import { bearerToken } from '../../handlers/delivery/token';

const credentials = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session+/=' };

async function url(env: NodeJS.ProcessEnv): Promise<URL> {
  const [, encoded] = /^k8s-aws-v1\.([A-Za-z0-9_-]+)$/.exec(await bearerToken('my-cluster', { ...credentials, ...env }))!;
  return new URL(Buffer.from(encoded, 'base64url').toString());
}

test('a token is a pre-signed GetCallerIdentity of the region, bound to the cluster', async () => {
  const { host, pathname, searchParams } = await url({ AWS_REGION: 'eu-central-1' });
  expect([host, pathname]).toEqual(['sts.eu-central-1.amazonaws.com', '/']);
  expect(Object.fromEntries(searchParams)).toEqual({
    'Action': 'GetCallerIdentity',
    'Version': '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': expect.stringMatching(/^AKIAEXAMPLE\/\d{8}\/eu-central-1\/sts\/aws4_request$/),
    'X-Amz-Date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
    'X-Amz-Expires': '60',
    'X-Amz-Security-Token': 'session+/=',
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  });
});

test.each([['cn-north-1', 'amazonaws.com.cn'], ['us-gov-west-1', 'amazonaws.com'], ['us-iso-east-1', 'c2s.ic.gov'], ['us-isob-east-1', 'sc2s.sgov.gov'],
  ['us-isof-south-1', 'csp.hci.ic.gov'], ['eu-isoe-west-1', 'cloud.adc-e.uk'], ['eusc-de-east-1', 'amazonaws.eu']])(
  'in %s the domain is %s', async (region, domain) => expect((await url({ AWS_REGION: region })).host).toBe(`sts.${region}.${domain}`));

test('missing credentials are named', async () => {
  await expect(bearerToken('c', { AWS_REGION: 'eu-central-1' })).rejects.toThrow('AWS_ACCESS_KEY_ID');
});

test.each([
  { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' },
  { AWS_REGION: 'eu-central-1', AWS_SECRET_ACCESS_KEY: 's' },
  { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a' },
])('without one of them there is no token: %j', async env => {
  await expect(bearerToken('c', env)).rejects.toThrow('no credentials: AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not all set');
});

test('STS comes to the same signature from the address and the name of the cluster', async () => {
  const { host, pathname, searchParams } = await url({ AWS_REGION: 'eu-central-1' });
  const signature = searchParams.get('X-Amz-Signature');
  searchParams.delete('X-Amz-Signature');
  searchParams.sort();
  const query = [...searchParams].map(pair => pair.map(encodeURIComponent).join('=')).join('&');
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const canonical = ['GET', pathname, query, `host:${host}`, 'x-k8s-aws-id:my-cluster', '', 'host;x-k8s-aws-id', sha('')].join('\n');
  const [, ...scope] = searchParams.get('X-Amz-Credential')!.split('/');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.AWS_SECRET_ACCESS_KEY}`);
  expect(signature).toBe(hmac(key, ['AWS4-HMAC-SHA256', searchParams.get('X-Amz-Date'), scope.join('/'), sha(canonical)].join('\n')).toString('hex'));
});
