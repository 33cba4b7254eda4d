import { generate } from 'selfsigned';

/** A certificate for 127.0.0.1 that vouches for itself, and its key, in PEM. Without openssl: `npm test` must not need it. */
export async function loopbackCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'loopback' }], {
    keyType: 'ec',
    curve: 'P-256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }, { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key, cert };
}
