import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A webhook over TLS on loopback that has an address before it is up: it converts objects by their apiVersion alone, and admits all. */
export class Webhook {
  static async reserve(): Promise<Webhook> {
    const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=webhook',
      '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert,
    ], { stdio: 'ignore' });
    const webhook = new Webhook(readFileSync(cert), createServer({ key: readFileSync(key), cert: readFileSync(cert) }));
    rmSync(folder, { recursive: true });
    // A port that nobody else has.
    await webhook.start();
    webhook.port = (webhook.server.address() as AddressInfo).port;
    await webhook.stop();
    return webhook;
  }

  private port = 0;

  private constructor(private readonly certificate: Buffer, private readonly server: Server) {
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const review = JSON.parse(Buffer.concat(chunks).toString());
      const { uid, objects, desiredAPIVersion } = review.request;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
        apiVersion: review.apiVersion,
        kind: review.kind,
        response: review.kind === 'ConversionReview'
          ? { uid, result: { status: 'Success' }, convertedObjects: objects.map((o: any) => ({ ...o, apiVersion: desiredAPIVersion })) }
          : { uid, allowed: true },
      }));
    });
  }

  /** How an API server calls it. */
  get clientConfig(): object {
    return { url: `https://127.0.0.1:${this.port}/`, caBundle: this.certificate.toString('base64') };
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
