import { CustomResourceEvent, CustomResources, Mailbox } from '../../rig/engine/custom-resources';

const REQUEST = { stackName: 's', stackId: 'arn:s', logicalId: 'A', type: 'Custom::Thing', properties: { ServiceToken: 'f', Count: 3, On: true, None: undefined, List: [1, { a: false }] } };

/** A function that answers at once with what `answer` gives; undefined does not answer. */
function resources(answer: (event: CustomResourceEvent) => object | string | undefined) {
  const events: CustomResourceEvent[] = [];
  let put: (text: string) => void = () => undefined;
  const mailbox: Mailbox = { open: id => ({ url: `http://localhost/${id}`, answer: new Promise(resolve => { put = resolve; }), close: () => undefined }) };
  return {
    events,
    custom: new CustomResources({
      mailbox,
      patience: 50,
      invoke: (_, event) => {
        events.push(event);
        const body = answer(event);
        if (body !== undefined) { put(typeof body === 'string' ? body : JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'a', RequestId: event.RequestId, ...body })); }
      },
    }),
  };
}

test('scalars reach the function as strings, and its data become attributes', async () => {
  const { custom, events } = resources(() => ({ Data: { Url: 'u' } }));
  expect(await custom.create(REQUEST)).toEqual({ physicalId: 'a', attributes: { Url: 'u' } });
  expect(events[0]).toMatchObject({ RequestType: 'Create', LogicalResourceId: 'A', StackId: 'arn:s', ServiceToken: 'f', ResponseURL: `http://localhost/${events[0].RequestId}` });
  expect(events[0].ResourceProperties).toEqual({ ServiceToken: 'f', Count: '3', On: 'true', List: ['1', { a: 'false' }] });
  expect(events[0].PhysicalResourceId).toBeUndefined();
});

test('an update has the old properties, a delete the physical id', async () => {
  const { custom, events } = resources(() => ({}));
  await custom.update({ ...REQUEST, physicalId: 'a', oldProperties: { ServiceToken: 'f', Count: 2 } });
  await custom.delete({ ...REQUEST, physicalId: 'a' });
  expect(events[0]).toMatchObject({ RequestType: 'Update', PhysicalResourceId: 'a', OldResourceProperties: { Count: '2' } });
  expect(events[1]).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'a' });
});

test.each<[string, (event: CustomResourceEvent) => object | string | undefined, string]>([
  ['a failure', () => ({ Status: 'FAILED', Reason: 'no such thing' }), 'no such thing'],
  ['an answer of more than 4096 bytes', () => ({ Data: { Text: 'x'.repeat(4096) } }), 'response object is too long'],
  ['an answer without a physical id', () => ({ PhysicalResourceId: undefined }), 'invalid PhysicalResourceId'],
  ['an answer to another request', () => ({ RequestId: 'other' }), '"RequestId" is not the one of the request'],
  ['no JSON', () => 'oops', 'not JSON'],
  ['no answer in time', () => undefined, 'did not receive a response'],
])('refuses %s', async (_, answer, message) => {
  await expect(resources(answer).custom.create(REQUEST)).rejects.toThrow(message);
});

test('a create that failed is to be deleted by the id that it answered with, or by one that CloudFormation makes up', async () => {
  await expect(resources(() => ({ Status: 'FAILED', PhysicalResourceId: 'half' })).custom.create(REQUEST)).rejects.toMatchObject({ physicalId: 'half' });
  await expect(resources(() => undefined).custom.create(REQUEST)).rejects.toMatchObject({ physicalId: expect.stringMatching(/^s-A-/) });
});
