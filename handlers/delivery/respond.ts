import * as http from 'node:http';
import * as https from 'node:https';
import { sleep } from './concurrency';
import { CloudFormationEvent } from './events';

/** What CloudFormation is told at the end of a request. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  /** Why it failed; on success a note that is worth keeping. */
  readonly reason?: string;
  readonly data?: Record<string, string>;
  /** Attributes that may be secret are hidden from the console and the describe calls. */
  readonly noEcho?: boolean;
}

/** CloudFormation refuses a longer response, and would then wait for its hour to end. */
const LIMIT = 4096;

export function responseBody(event: CloudFormationEvent, answer: Answer): string {
  const body = (status: string, reason: string | undefined, data?: Record<string, string>) => JSON.stringify({
    Status: status,
    Reason: reason,
    PhysicalResourceId: answer.physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: answer.noEcho,
    Data: data,
  });
  if (answer.data && Buffer.byteLength(body(answer.status, undefined, answer.data)) >= LIMIT) {
    return body('FAILED', `the value is longer than the ${LIMIT} bytes that CloudFormation accepts in a response`);
  }
  let reason = answer.reason;
  while (reason && Buffer.byteLength(body(answer.status, reason, answer.data)) >= LIMIT) {
    const room = Math.max(0, Math.floor(reason.length * 0.9) - 1);
    reason = room > 40 ? `${reason.slice(0, room)}... (the rest is in the log)` : undefined;
  }
  return body(answer.status, reason, answer.data);
}

/** Puts the answer to the pre-signed address; throws when it could not be delivered, so that Lambda hands the event in once more. */
export async function respond(event: CloudFormationEvent, answer: Answer): Promise<void> {
  const body = Buffer.from(responseBody(event, answer));
  for (let attempt = 1; ; attempt++) {
    try {
      await put(event.ResponseURL, body);
      return;
    } catch (error) {
      console.log(`answering CloudFormation failed (attempt ${attempt}): ${(error as Error).message}`);
      if (attempt === 6) {
        throw error;
      }
      await sleep(Math.min(8000, 250 * 2 ** attempt));
    }
  }
}

function put(url: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('http:') ? http : https;
    // An empty content type is what the address was signed with.
    const call = request(url, { method: 'PUT', headers: { 'content-type': '', 'content-length': body.length }, timeout: 20_000 }, response => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => (response.statusCode ?? 500) < 300 ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)));
    });
    call.on('timeout', () => call.destroy(new Error('timed out')));
    call.on('error', reject);
    call.end(body);
  });
}
