import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';
import { Mailbox } from '../engine/custom-resources';

/** What becomes of an answer: taken, taken and lost on the way, or refused with a status. */
export type Fate = 'take' | 'lose' | number;

/** Where functions put their answers: an HTTP server on loopback. */
export class HttpMailbox implements Mailbox {
  static async start(): Promise<HttpMailbox> {
    const mailbox = new HttpMailbox();
    await new Promise<void>(resolve => mailbox.server.listen(0, '127.0.0.1', resolve));
    mailbox.server.unref();
    return mailbox;
  }

  /** Asked for each answer that arrives; by default it is taken. */
  fate?: (requestId: string) => Fate;
  /** How many answers came after the first one of their request. */
  surplus = 0;
  private readonly waiting = new Map<string, (body: string) => void>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      const body = await text(request);
      const requestId = request.url!.slice(1);
      const fate = this.fate?.(requestId) ?? 'take';
      const take = this.waiting.get(requestId);
      if (typeof fate === 'number') {
        response.writeHead(fate).end();
        return;
      }
      if (fate === 'take' && take) {
        this.waiting.delete(requestId);
        take(body);
      } else if (fate === 'take') {
        this.surplus++;
      }
      response.writeHead(200).end();
    });
  }

  open(requestId: string) {
    const answer = new Promise<string>(resolve => this.waiting.set(requestId, resolve));
    const { port } = this.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/${requestId}`, answer, close: () => { this.waiting.delete(requestId); } };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
