import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { loopbackCertificate } from '../loopback-certificate';

/** A webhook over TLS on loopback that has an address before it is up: it converts objects by their apiVersion alone, and admits all. */
export class Webhook {
  static async reserve(): Promise<Webhook> {
    const pair = await loopbackCertificate();
    const webhook = new Webhook(pair.cert, createServer(pair));
    // A port that nobody else has.
    await webhook.start();
    webhook.port = (webhook.server.address() as AddressInfo).port;
    await webhook.stop();
    return webhook;
  }

  private port = 0;

  private constructor(private readonly certificate: string, private readonly server: Server) {
    server.on('request', async (request, response) => {
      const review = JSON.parse(await text(request));
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
    return { url: `https://127.0.0.1:${this.port}/`, caBundle: Buffer.from(this.certificate).toString('base64') };
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
