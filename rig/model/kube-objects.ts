import { setTimeout as sleep } from 'timers/promises';
import { ControlPlane } from '../control-plane/control-plane';

/** Paths of the kinds that the model itself makes or looks at. */
const PATHS: { [kind: string]: string } = {
  Namespace: '/api/v1/namespaces',
  Node: '/api/v1/nodes',
  Pod: '/api/v1/namespaces/NS/pods',
  Service: '/api/v1/namespaces/NS/services',
  ServiceAccount: '/api/v1/namespaces/NS/serviceaccounts',
  PersistentVolume: '/api/v1/persistentvolumes',
  PersistentVolumeClaim: '/api/v1/namespaces/NS/persistentvolumeclaims',
  Deployment: '/apis/apps/v1/namespaces/NS/deployments',
  DaemonSet: '/apis/apps/v1/namespaces/NS/daemonsets',
  CustomResourceDefinition: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  CSIDriver: '/apis/storage.k8s.io/v1/csidrivers',
  StorageClass: '/apis/storage.k8s.io/v1/storageclasses',
  Ingress: '/apis/networking.k8s.io/v1/namespaces/NS/ingresses',
  IngressClass: '/apis/networking.k8s.io/v1/ingressclasses',
  MutatingWebhookConfiguration: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  NodePool: '/apis/karpenter.sh/v1/nodepools',
  NodeClaim: '/apis/karpenter.sh/v1/nodeclaims',
  EC2NodeClass: '/apis/karpenter.k8s.aws/v1/ec2nodeclasses',
};

/** Objects in a cluster, as what EKS runs sees them. */
export class KubeObjects {
  constructor(private readonly plane: ControlPlane) {}

  async get(kind: string, namespace: string, name: string): Promise<any> {
    const { status, body } = await this.plane.request('GET', this.path(kind, namespace, name));
    return status === 200 ? body : undefined;
  }

  /** Of all namespaces; none where the kind is not known. */
  async list(kind: string): Promise<any[]> {
    const { status, body } = await this.plane.request('GET', PATHS[kind].replace('/namespaces/NS', ''));
    return status === 200 ? body.items : [];
  }

  async apply(object: any): Promise<any> {
    const { kind, metadata: { namespace = '', name } } = object;
    const { status, body } = await this.plane.request('PATCH', `${this.path(kind, namespace, name)}?fieldManager=eks&force=true`, object,
      { 'content-type': 'application/apply-patch+yaml' });
    if (status >= 300) { throw new Error(`${kind} ${namespace}/${name}: ${body.message}`); }
    return body;
  }

  /** A merge patch; nothing happens where the object is gone. */
  async patch(object: any, kind: string, change: object, subresource = ''): Promise<void> {
    const { namespace = '', name } = object.metadata;
    await this.plane.request('PATCH', `${this.path(kind, namespace, name)}${subresource}`, change);
  }

  /** Deletes and waits until it and its pods are gone. */
  async remove(kind: string, namespace: string, name: string): Promise<void> {
    await this.plane.request('DELETE', this.path(kind, namespace, name), { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground' });
    for (let i = 0; i < 600 && await this.get(kind, namespace, name); i++) { await sleep(100); }
  }

  /** Deletes at once, without waiting for anybody. */
  async forget(kind: string, namespace: string, name: string): Promise<void> {
    await this.plane.request('DELETE', this.path(kind, namespace, name), { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 });
  }

  /** Whether a Deployment has a pod that is ready: whether the controller in it lives. */
  async lives(namespace: string, deployment: string): Promise<boolean> {
    const object = await this.get('Deployment', namespace, deployment);
    return (object?.status?.readyReplicas ?? 0) > 0 && !object.metadata.deletionTimestamp;
  }

  private path(kind: string, namespace: string, name: string): string {
    return `${PATHS[kind].replace('NS', namespace)}/${name}`;
  }
}
