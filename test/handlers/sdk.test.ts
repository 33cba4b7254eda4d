import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { ScriptedServer } from './scripted-server';
import { SDK_OPTIONS } from '../../handlers/delivery/sdk';

let silent: ScriptedServer;
let client: EKSClient;
beforeEach(async () => {
  silent = await ScriptedServer.start();
  silent.replies = [() => undefined];
  client = new EKSClient({
    ...SDK_OPTIONS, maxAttempts: 2, requestHandler: { ...SDK_OPTIONS.requestHandler, requestTimeout: 50 },
    endpoint: silent.url, region: 'eu-central-1', credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 's' },
  });
});
afterEach(async () => {
  client.destroy();
  await silent.stop();
});

test('a service that takes a request and never answers is given up', async () => {
  await expect(client.send(new ListClustersCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(silent.received).toHaveLength(2);
});
