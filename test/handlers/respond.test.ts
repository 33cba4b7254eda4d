import { CloudFormationEvent } from '../../handlers/delivery/events';
import { responseBody } from '../../handlers/delivery/respond';

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
