import { execFile } from 'child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'crypto';
import { mkdir, readFile, writeFile } from 'fs/promises';
import { join } from 'path';
import { promisify } from 'util';

/** The identities of a control plane: subject, and what the certificate may be used for. */
const SUBJECTS = {
  'apiserver': { subject: '/CN=kube-apiserver', usage: 'server' },
  'admin': { subject: '/O=system:masters/CN=admin', usage: 'client' },
  'kube-controller-manager': { subject: '/CN=system:kube-controller-manager', usage: 'client' },
  'kube-scheduler': { subject: '/CN=system:kube-scheduler', usage: 'client' },
  'front-proxy': { subject: '/CN=front-proxy-client', usage: 'client' },
};

export type Identity = keyof typeof SUBJECTS;

/** The certificates and keys of one control plane, as PEM files in one folder; good for a week. */
export class Certificates {
  public static async create(folder: string, serviceIp: string): Promise<Certificates> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'openssl.cnf'), [
      '[req]',
      'distinguished_name = name',
      '[name]',
      '[ca]',
      'basicConstraints = critical, CA:TRUE',
      'keyUsage = critical, keyCertSign, cRLSign, digitalSignature',
      'subjectKeyIdentifier = hash',
      '[server]',
      'keyUsage = digitalSignature',
      'extendedKeyUsage = serverAuth',
      `subjectAltName = DNS:localhost, DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc, IP:127.0.0.1, IP:${serviceIp}`,
      '[client]',
      'keyUsage = digitalSignature',
      'extendedKeyUsage = clientAuth',
    ].join('\n'));

    const openssl = async (...args: string[]) => {
      await promisify(execFile)('openssl', args, { cwd: folder }).catch(e => {
        throw new Error(e.code === 'ENOENT'
          ? 'no "openssl" in the PATH: install it, the certificates of the test control plane are made with it'
          : `openssl ${args[0]} failed: ${e.stderr || e.message}`);
      });
    };
    await writeKey(join(folder, 'ca.key'));
    await openssl('req', '-config', 'openssl.cnf', '-x509', '-extensions', 'ca', '-new', '-sha256', '-days', '7',
      '-subj', '/CN=control-plane-ca', '-key', 'ca.key', '-out', 'ca.crt');
    await Promise.all(Object.entries(SUBJECTS).map(async ([name, { subject, usage }], serial) => {
      await writeKey(join(folder, `${name}.key`));
      await openssl('req', '-config', 'openssl.cnf', '-new', '-sha256', '-subj', subject, '-key', `${name}.key`, '-out', `${name}.csr`);
      await openssl('x509', '-req', '-sha256', '-days', '7', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', `${serial + 2}`,
        '-extfile', 'openssl.cnf', '-extensions', usage, '-in', `${name}.csr`, '-out', `${name}.crt`);
    }));

    // Signs the tokens of service accounts.
    await writeKey(join(folder, 'service-accounts.key'));
    const key = createPrivateKey(await readFile(join(folder, 'service-accounts.key')));
    await writeFile(join(folder, 'service-accounts.pub'), createPublicKey(key).export({ type: 'spki', format: 'pem' }));
    return new Certificates(folder, await readFile(join(folder, 'ca.crt'), 'utf8'));
  }

  private constructor(private readonly folder: string, public readonly ca: string) {}

  /** The path of a file: `ca`, an identity or `service-accounts`, with its ending. */
  public path(file: `${Identity | 'ca'}.crt` | `${Identity | 'ca' | 'service-accounts'}.key` | 'service-accounts.pub'): string {
    return join(this.folder, file);
  }

  /** The certificate and the key of an identity. */
  public async pair(identity: Identity): Promise<{ cert: string; key: string }> {
    return {
      cert: await readFile(this.path(`${identity}.crt`), 'utf8'),
      key: await readFile(this.path(`${identity}.key`), 'utf8'),
    };
  }
}

async function writeKey(path: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await writeFile(path, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
}
