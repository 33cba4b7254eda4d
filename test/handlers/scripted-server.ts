import * as http from 'node:http';
import * as https from 'node:https';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { loopbackCertificate } from '../loopback-certificate';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What is answered: a status and a body (JSON, or text as it is), or whatever is done to the connection. */
export type Reply = [status: number, body?: unknown, headers?: http.OutgoingHttpHeaders] | ((response: http.ServerResponse) => void);

/** A server on loopback whose answers are given beforehand; what it was asked is kept. */
export class ScriptedServer {
  static async start(): Promise<ScriptedServer> {
    return new ScriptedServer(http.createServer()).listen();
  }

  /** Over TLS, with a certificate of its own. */
  static async startTls(): Promise<ScriptedServer> {
    const pair = await loopbackCertificate();
    return new ScriptedServer(https.createServer(pair), pair.cert).listen();
  }

  readonly received: Received[] = [];
  /** Given one after the other, and the last one again and again. */
  replies: Reply[] = [[200, {}]];
  /** How many connections there have been. */
  connections = 0;
  private readonly scheme: string;

  private constructor(private readonly server: http.Server, readonly ca = '') {
    this.scheme = ca ? 'https' : 'http';
    server.on(ca ? 'secureConnection' : 'connection', () => { this.connections++; });
    server.keepAliveTimeout = 600_000; // connections are the client's to close
    server.on('request', async (request: http.IncomingMessage, response: http.ServerResponse) => {
      const { pathname, searchParams } = new URL(request.url!, this.url);
      const body = await text(request);
      this.received.push({ method: request.method!, path: pathname, query: Object.fromEntries(searchParams), headers: request.headers, body });
      const reply = this.replies.length > 1 ? this.replies.shift()! : this.replies[0];
      if (typeof reply === 'function') {
        return reply(response);
      }
      const [status, answer, headers] = reply;
      response.writeHead(status, headers).end(typeof answer === 'string' || Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
    });
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many connections there are. */
  get open(): Promise<number> {
    return new Promise((resolve, reject) => this.server.getConnections((error, count) => error ? reject(error) : resolve(count)));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async listen(): Promise<this> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }
}
