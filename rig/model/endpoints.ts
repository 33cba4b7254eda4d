import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';

/** Answers a request; undefined where there is nothing. */
export type Route = (path: string, request: IncomingMessage) => Promise<Answer | undefined>;

export interface Answer {
  readonly status?: number;
  readonly headers?: { [name: string]: string };
  readonly body: string | Buffer;
}

/** An HTTP server on loopback in the place of those that cannot be reached, one route for each by the first part of the path. */
export class Endpoints {
  static async start(routes: { [name: string]: Route }): Promise<Endpoints> {
    const endpoints = new Endpoints(routes);
    await new Promise<void>(resolve => endpoints.server.listen(0, '127.0.0.1', resolve));
    endpoints.server.unref();
    return endpoints;
  }

  private readonly server: Server;

  private constructor(private readonly routes: { [name: string]: Route }) {
    this.server = createServer((request, response) => { void this.serve(request, response); });
  }

  url(route: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${route}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, route, ...rest] = decodeURIComponent(request.url!.split('?')[0]).split('/');
    try {
      const answer = await this.routes[route]?.(rest.join('/'), request);
      response.writeHead(answer ? answer.status ?? 200 : 404, answer?.headers).end(answer?.body ?? '<Error><Code>NoSuchKey</Code></Error>');
    } catch (e) {
      response.writeHead(500).end((e as Error).message);
    }
  }
}
