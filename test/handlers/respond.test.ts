import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { respond, responseBody } from '../../handlers/delivery/respond';

const event = {
  StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1', RequestId: 'r', LogicalResourceId: 'Chart',
} as CloudFormationEvent;

test.each(['x', 'ü', '\u{1F6A2}', '"\n'])('a reason of any length (%j) is cut to what CloudFormation accepts', character => {
  for (const length of [10, 1000, 4000, 4100, 100_000]) {
    const body = responseBody(event, { status: 'FAILED', physicalId: 'p', reason: `first words ${character.repeat(length)}` });
    expect(Buffer.byteLength(body)).toBeLessThan(4096);
    expect(JSON.parse(body)).toEqual(expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: 'p', LogicalResourceId: 'Chart' }));
    expect(JSON.parse(body).Reason).toMatch(/^first words/);
  }
});

test('a value that does not fit fails the request, and is not cut', () => {
  const { Status, Data, Reason } = JSON.parse(responseBody(event, { status: 'SUCCESS', physicalId: 'p', data: { Value: 'v'.repeat(5000) } }));
  expect([Status, Data]).toEqual(['FAILED', undefined]);
  expect(Reason).toMatch('longer than the 4096 bytes');
});

test('a value goes before a note', () => {
  const { Status, Data } = JSON.parse(responseBody(event, { status: 'SUCCESS', physicalId: 'p', data: { Value: 'v'.repeat(3000) }, reason: 'n'.repeat(3000) }));
  expect([Status, Data.Value.length]).toEqual(['SUCCESS', 3000]);
});

test('everything that CloudFormation knows a request by is answered', () => {
  expect(JSON.parse(responseBody(event, { status: 'SUCCESS', physicalId: 'p', data: { Value: 'v' }, noEcho: true, reason: 'a note' }))).toEqual({
    Status: 'SUCCESS', Reason: 'a note', PhysicalResourceId: 'p', StackId: event.StackId, RequestId: 'r', LogicalResourceId: 'Chart', NoEcho: true, Data: { Value: 'v' },
  });
});

test('a reason that is cut uses the room there is, and says where the rest is', () => {
  const body = responseBody(event, { status: 'FAILED', physicalId: 'p', reason: 'n'.repeat(5000) });
  expect(JSON.parse(body).Reason).toMatch(/^n+\.\.\. \(the rest is in the log\)$/);
  expect(Buffer.byteLength(body)).toBeGreaterThan(3500);
});

test('a value takes the room to the last byte, and a note without room goes', () => {
  const length = (value: number) => Buffer.byteLength(responseBody(event, { status: 'SUCCESS', physicalId: 'p', data: { Value: 'v'.repeat(value) } }));
  const most = 4095 - length(0);
  const answer = (value: number) => JSON.parse(responseBody(event, { status: 'SUCCESS', physicalId: 'p', data: { Value: 'v'.repeat(value) }, reason: 'a note' }));
  expect([answer(most).Status, answer(most).Reason, answer(most).Data.Value.length]).toEqual(['SUCCESS', undefined, most]);
  expect([answer(most + 1).Status, answer(most - 1000).Reason]).toEqual(['FAILED', 'a note']);
});

test('a reason that fits to the last byte is not cut', () => {
  const length = (reason: string) => Buffer.byteLength(responseBody(event, { status: 'FAILED', physicalId: 'p', reason }));
  const most = 'n'.repeat(4095 - length(''));
  expect(JSON.parse(responseBody(event, { status: 'FAILED', physicalId: 'p', reason: most })).Reason).toBe(most);
  expect(JSON.parse(responseBody(event, { status: 'FAILED', physicalId: 'p', reason: `${most}n` })).Reason).toMatch(/log\)$/);
});

describe('the answer is put to the address', () => {
  const answer = { status: 'SUCCESS', physicalId: 'p' } as const;
  const received: { method?: string; type?: string; length?: string; path?: string; body: string }[] = [];
  const waits: number[] = [];
  let statuses: number[] = [];
  let server: http.Server;

  beforeEach(async () => {
    received.length = waits.length = 0;
    statuses = [];
    server = http.createServer((incoming, outgoing) => {
      let body = '';
      incoming.on('data', chunk => body += chunk);
      incoming.on('end', () => {
        received.push({ method: incoming.method, path: incoming.url, type: incoming.headers['content-type'], length: incoming.headers['content-length'], body });
        outgoing.writeHead(statuses.shift() ?? 200).end('an answer that nobody reads');
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    // The waits between tries pass at once.
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((resolve: () => void, wait: number) => {
      waits.push(wait);
      setImmediate(resolve);
    }) as never);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const eventFor = (scheme = 'http') => ({ ...event, ResponseURL: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/key?X-Amz-Signature=s` });

  test('as it was signed, without a content type and with the length in bytes', async () => {
    await respond({ ...eventFor(), LogicalResourceId: 'ü' }, answer);
    const body = responseBody({ ...event, LogicalResourceId: 'ü' }, answer);
    expect(received).toEqual([{ method: 'PUT', path: '/bucket/key?X-Amz-Signature=s', type: '', length: String(Buffer.byteLength(body)), body }]);
    expect(waits).toEqual([]);
    expect(console.log).not.toHaveBeenCalled();
  });

  test('again when the bucket was not able to take it', async () => {
    statuses = [503, 300];
    await respond(eventFor(), answer);
    expect(received.length).toBe(3);
    expect(waits).toEqual([500, 1000]);
    expect(console.log).toHaveBeenNthCalledWith(2, 'answering CloudFormation failed (attempt 2): HTTP 300');
  });

  test('six times at most, with more and more time between; then Lambda is to try again', async () => {
    statuses = Array.from({ length: 10 }, () => 403);
    await expect(respond(eventFor(), answer)).rejects.toThrow('HTTP 403');
    expect(received.length).toBe(6);
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  test('again when the connection is lost', async () => {
    server.once('request', incoming => incoming.socket.destroy());
    await respond(eventFor(), answer);
    expect(waits).toEqual([500]);
    expect(console.log).toHaveBeenCalledWith('answering CloudFormation failed (attempt 1): socket hang up');
  });

  test('over TLS if the address says so', async () => {
    await expect(respond(eventFor('https'), answer)).rejects.toThrow(/SSL|EPROTO|wrong version/);
    expect(received).toEqual([]);
  });
});
