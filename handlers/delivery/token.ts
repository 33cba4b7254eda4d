import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

/** The domain of a partition's services, told from the region's name. */
function domainOf(region: string): string {
  const domains: [prefix: string, domain: string][] = [
    ['cn-', 'amazonaws.com.cn'],
    ['us-isob-', 'sc2s.sgov.gov'],
    ['us-isof-', 'csp.hci.ic.gov'],
    ['eu-isoe-', 'cloud.adc-e.uk'],
    ['us-iso-', 'c2s.ic.gov'],
    ['eusc-', 'amazonaws.eu'],
  ];
  return domains.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
}

/**
 * The bearer token EKS accepts: a pre-signed `sts:GetCallerIdentity` that names the cluster in a signed header.
 * EKS takes it for 15 minutes from its signing time.
 */
export async function bearerToken(clusterName: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (!region || !env.AWS_ACCESS_KEY_ID || !env.AWS_SECRET_ACCESS_KEY) {
    throw new Error('no credentials: AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not all set');
  }
  const hostname = `sts.${region}.${domainOf(region)}`;
  const signer = new SignatureV4({
    service: 'sts',
    region,
    sha256: Sha256,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY, sessionToken: env.AWS_SESSION_TOKEN },
  });
  const signed = await signer.presign(new HttpRequest({
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { 'host': hostname, 'x-k8s-aws-id': clusterName },
  }), { expiresIn: 60, unhoistableHeaders: new Set(['x-k8s-aws-id']) });
  const query = Object.entries(signed.query ?? {}).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`).join('&');
  return `k8s-aws-v1.${Buffer.from(`https://${hostname}/?${query}`).toString('base64url')}`;
}
