import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { loopbackCertificate } from '../loopback-certificate';

/** What EKS does with new pods: those of a service account with an association get the address of their credentials. Over TLS on loopback. */
export class PodIdentityWebhook {
  static async start(): Promise<PodIdentityWebhook> {
    const pair = await loopbackCertificate();
    const webhook = new PodIdentityWebhook(pair.cert, createServer(pair));
    await new Promise<void>(resolve => webhook.server.listen(0, '127.0.0.1', resolve));
    return webhook;
  }

  /** Service accounts as `namespace/name`: how many of their pods are admitted before the association arrives, and what else happens to those after. */
  readonly associations = new Map<string, { tooEarly: number; readonly then: object[] }>();

  private constructor(private readonly certificate: string, private readonly server: Server) {
    server.on('request', async (request, response) => {
      const { request: { uid, namespace, object: pod } } = JSON.parse(await text(request));
      const association = this.associations.get(`${namespace}/${pod.spec.serviceAccountName ?? 'default'}`);
      const env = { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: 'http://169.254.170.23/v1/credentials' };
      const isThere = association !== undefined && association.tooEarly-- <= 0;
      const patch = isThere && [{ op: 'add', path: '/spec/containers/0/env', value: [env] }, ...association.then];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: { uid, allowed: true, ...patch ? { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') } : {} },
      }));
    });
  }

  /** What makes an API server ask it. */
  get configuration(): any {
    return {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'pod-identity-webhook' },
      webhooks: [{
        name: 'pod-identity.amazonaws.com',
        clientConfig: { url: `https://127.0.0.1:${(this.server.address() as AddressInfo).port}/`, caBundle: Buffer.from(this.certificate).toString('base64') },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      }],
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
