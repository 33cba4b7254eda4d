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

test.each([['cn-north-1', 'amazonaws.com.cn'], ['us-gov-west-1', 'amazonaws.com'], ['us-iso-east-1', 'c2s.ic.gov'], ['us-isob-east-1', 'sc2s.sgov.gov']])(
  'in %s the domain is %s', async (region, domain) => expect((await url({ AWS_REGION: region })).host).toBe(`sts.${region}.${domain}`));

test('missing credentials are named', async () => {
  await expect(bearerToken('c', { AWS_REGION: 'eu-central-1' })).rejects.toThrow('AWS_ACCESS_KEY_ID');
});
