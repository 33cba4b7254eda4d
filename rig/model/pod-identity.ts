import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { json } from 'stream/consumers';
import { AwsModel } from './aws-model';
import { Certificates } from '../control-plane/certificates';

const ENVIRONMENT = [
  { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: 'http://169.254.170.23/v1/credentials' },
  { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', value: '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token' },
];

/**
 * The webhook that EKS has for Pod Identity: a new pod whose service account has an association gets the address of its credentials, if the
 * association has arrived by then.
 */
export class PodIdentity {
  static async start(model: () => AwsModel, certificates: Certificates): Promise<PodIdentity> {
    const webhook = new PodIdentity(createServer(await certificates.pair('apiserver')), certificates.ca, model);
    await new Promise<void>(resolve => webhook.server.listen(0, '127.0.0.1', resolve));
    webhook.server.unref();
    return webhook;
  }

  private constructor(private readonly server: Server, private readonly ca: string, private readonly model: () => AwsModel) {
    server.on('request', async (request, response) => {
      const { request: { uid, namespace, object: { spec } } } = await json(request) as any;
      const [, cluster] = request.url!.split(/[/?]/);
      const isAssociated = this.knows(decodeURIComponent(cluster), namespace, spec.serviceAccountName ?? 'default');
      const patch = ['initContainers', 'containers'].flatMap(list => (spec[list] ?? []).map((container: any, i: number) =>
        ({ op: 'add', path: `/spec/${list}/${i}/env`, value: [...container.env ?? [], ...ENVIRONMENT] })));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: { uid, allowed: true, ...isAssociated ? { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') } : {} },
      }));
    });
  }

  /** What makes the API server of a cluster ask it. */
  configurationOf(clusterName: string): any {
    const { port } = this.server.address() as AddressInfo;
    return {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'pod-identity-webhook' },
      webhooks: [{
        name: 'pod-identity-webhook.amazonaws.com',
        clientConfig: { url: `https://127.0.0.1:${port}/${encodeURIComponent(clusterName)}`, caBundle: Buffer.from(this.ca).toString('base64') },
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

  private knows(cluster: string, namespace: string, serviceAccount: string): boolean {
    const { world, pace } = this.model();
    return world.ofType('AWS::EKS::PodIdentityAssociation').some(thing => {
      const { ClusterName, Namespace, ServiceAccount } = thing.properties;
      return ClusterName === cluster && Namespace === namespace && ServiceAccount === serviceAccount && world.ageOf(thing) >= pace.association;
    });
  }
}
