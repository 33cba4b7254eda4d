import { createHash, createHmac } from 'crypto';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import { json } from 'stream/consumers';

/** Who an IAM principal is in the cluster, as an EKS access entry says it. */
export interface User {
  readonly username: string;
  /** The access policy `AmazonEKSClusterAdminPolicy` is the group `system:masters` here. */
  readonly groups: string[];
}

/** What STS knows and the holder of a token must have known: if given, the signature of the token is verified. */
export interface Secret {
  readonly secretAccessKey: string;
  readonly clusterName: string;
}

/** The query parameters that EKS lets a token have; one more, and it is refused. */
const PARAMETERS = [
  'action', 'version', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-expires',
  'x-amz-security-token', 'x-amz-signature', 'x-amz-signedheaders',
];
const CLUSTER_HEADER = 'x-k8s-aws-id';
const FIFTEEN_MINUTES = 900;

/**
 * Stands for the authenticator of EKS: an HTTP server on loopback that answers the TokenReviews of the API server.
 *
 * It refuses what EKS refuses by a token's form. Where EKS asks STS who signed it, this looks the access key id up.
 *
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go
 */
export class Authenticator {
  public static async start(): Promise<Authenticator> {
    const authenticator = new Authenticator();
    await new Promise<void>((resolve, reject) => {
      authenticator.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    authenticator.server.unref();
    return authenticator;
  }

  private readonly principals = new Map<string, User & { secret?: Secret }>();
  private readonly server = createServer(async (request, response) => {
    try {
      const review: any = await json(request);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ apiVersion: review.apiVersion, kind: review.kind, status: this.review(review.spec.token) }));
    } catch (e) {
      response.writeHead(400).end(String(e));
    }
  });

  private constructor() {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** From now on, tokens of this access key are this user's. */
  public authenticate(accessKeyId: string, user: User, secret?: Secret): void {
    this.principals.set(accessKeyId, { ...user, secret });
  }

  /** From now on, tokens of this access key are refused. */
  public revoke(accessKeyId: string): void {
    this.principals.delete(accessKeyId);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private review(token: string): object {
    try {
      const url = parse(token);
      const accessKeyId = parameter(url, 'x-amz-credential').split('/')[0];
      const principal = this.principals.get(accessKeyId);
      if (!principal) {
        throw new Error(`there is no access entry for the principal of the access key ${accessKeyId}`);
      }
      if (principal.secret && parameter(url, 'x-amz-signature') !== signature(url, principal.secret)) {
        throw new Error(`the signature is not that of ${accessKeyId} for the cluster ${principal.secret.clusterName}`);
      }
      return { authenticated: true, user: { username: principal.username, uid: accessKeyId, groups: principal.groups } };
    } catch (e) {
      return { authenticated: false, error: (e as Error).message };
    }
  }
}

/** The presigned URL in a token, if its form is right. */
function parse(token: string): URL {
  const encoded = token.match(/^k8s-aws-v1\.([A-Za-z0-9_-]+)$/)?.[1];
  check(encoded && token.length <= 4096, 'a token is "k8s-aws-v1." and base64url without padding, of at most 4096 characters');
  const url = new URL(Buffer.from(encoded!, 'base64url').toString());
  check(url.protocol === 'https:', `the scheme is ${url.protocol}`);
  check(/^sts(\.[a-z0-9-]+)?\.amazonaws\.com$/.test(url.host), `the host is ${url.host}`);
  check(url.pathname === '/', `the path is ${url.pathname}`);

  const names = [...url.searchParams.keys()].map(name => name.toLowerCase());
  for (const name of names) {
    check(PARAMETERS.includes(name), `the parameter "${name}" is not allowed`);
    check(names.indexOf(name) === names.lastIndexOf(name), `the parameter "${name}" is there twice`);
  }
  check(parameter(url, 'action') === 'GetCallerIdentity', 'the action is not GetCallerIdentity');
  check(parameter(url, 'x-amz-signedheaders').toLowerCase().split(';').includes(CLUSTER_HEADER), `${CLUSTER_HEADER} is not signed`);
  const expires = parameter(url, 'x-amz-expires');
  check(/^\d+$/.test(expires) && Number(expires) <= FIFTEEN_MINUTES, `X-Amz-Expires is "${expires}"`);
  const date = parameter(url, 'x-amz-date').match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/)?.slice(1).map(Number);
  check(date, 'X-Amz-Date is not a date');
  const [year, month, ...rest] = date!;
  const signed = Date.UTC(year, month - 1, ...rest as [number]);
  check(Date.now() <= signed + FIFTEEN_MINUTES * 1000, 'the token has expired');
  return url;
}

function check(condition: unknown, message: string): void {
  if (!condition) { throw new Error(message); }
}

/** A query parameter by its name in lower case, '' where it is absent. */
function parameter(url: URL, name: string): string {
  return [...url.searchParams].find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/**
 * The signature that a presigned URL should have.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function signature(url: URL, secret: Secret): string {
  const values: Record<string, string> = { host: url.host, [CLUSTER_HEADER]: secret.clusterName };
  const signedHeaders = parameter(url, 'x-amz-signedheaders');
  const [, ...scope] = parameter(url, 'x-amz-credential').split('/');
  const query = [...url.searchParams]
    .filter(([key]) => key.toLowerCase() !== 'x-amz-signature')
    .map(pair => pair.map(encode).join('='))
    .sort();
  const canonical = [
    'GET', '/', query.join('&'),
    ...signedHeaders.split(';').map(header => `${header}:${values[header] ?? ''}`), '',
    signedHeaders, createHash('sha256').digest('hex'),
  ].join('\n');
  const stringToSign = ['AWS4-HMAC-SHA256', parameter(url, 'x-amz-date'), scope.join('/'), createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scope.reduce<string | Buffer>((k, part) => createHmac('sha256', k).update(part).digest(), `AWS4${secret.secretAccessKey}`);
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
