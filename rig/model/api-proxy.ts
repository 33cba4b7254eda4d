import { readFile } from 'fs/promises';
import { IncomingMessage, ServerResponse } from 'http';
import { Agent, createServer, request as httpsRequest, Server } from 'https';
import { AddressInfo } from 'net';
import { setTimeout as sleep } from 'timers/promises';
import { Certificates } from '../control-plane/certificates';
import { ControlPlane } from '../control-plane/control-plane';

/** What stands in the way of a request to the API server. */
export type Obstacle =
  | { readonly kind: 'reset' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'answer'; readonly status: number; readonly reason?: string; readonly retryAfter?: number };

/** The endpoint of a cluster: TLS on loopback, with a certificate of its own, in front of the real API server. */
export class ApiProxy {
  static async start(plane: ControlPlane, certificates: Certificates): Promise<ApiProxy> {
    const proxy = new ApiProxy(plane, await certificates.pair('apiserver'), await readFile(certificates.path('ca.crt')));
    await new Promise<void>(resolve => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.server.unref();
    return proxy;
  }

  /** Base64, as EKS gives it. */
  readonly caData: string;
  /** Asked for each request; undefined lets it through. */
  obstacle?: (method: string, path: string) => Obstacle | undefined;
  /** How many requests came. */
  requests = 0;
  private readonly server: Server;
  private readonly agent: Agent;
  private readonly target: URL;

  private constructor(plane: ControlPlane, pair: { cert: string; key: string }, ca: Buffer) {
    this.caData = ca.toString('base64');
    this.target = new URL(plane.url);
    this.agent = new Agent({ keepAlive: true, ca: Buffer.from(plane.caData, 'base64') });
    this.server = createServer(pair, (request, response) => { void this.serve(request, response); });
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    const obstacle = this.obstacle?.(request.method!, request.url!);
    if (obstacle?.kind === 'reset') {
      request.socket.destroy();
      return;
    }
    if (obstacle?.kind === 'answer') {
      const { status, reason, retryAfter } = obstacle;
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json', ...retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } });
      response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, reason, message: `the rig answers ${status}` }));
      return;
    }
    if (obstacle?.kind === 'delay') {
      await sleep(obstacle.milliseconds);
    }
    const onward = httpsRequest({
      host: this.target.hostname, port: this.target.port, agent: this.agent, method: request.method, path: request.url, headers: request.headers,
    }, answer => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
      response.on('close', () => answer.destroy());
    });
    onward.on('error', () => response.destroy());
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  }
}
