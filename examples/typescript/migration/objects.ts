import * as cdk8s from 'cdk8s';

/*
 * The shop's Kubernetes objects, the same before and after.
 */

export const NAMESPACE = 'shop';

/** CDK's `addManifest` writes into what it is given, so each caller gets objects of its own. */
export function namespace() {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
}

/** A Deployment that runs with a service account, and reads a bucket. */
export function deployment(name: string, bucketName: string) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
          topologySpreadConstraints: [
            { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels } },
          ],
          containers: [{
            name,
            image: 'public.ecr.aws/docker/library/busybox:1.37',
            command: ['httpd', '-f', '-p', '8080'],
            env: [{ name: 'BUCKET', value: bucketName }],
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: { tcpSocket: { port: 'http' } },
            resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '32Mi' } },
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          }],
        },
      },
    },
  };
}

export function service(name: string) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: NAMESPACE }, spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 'http' }] } };
}

/** What was a cdk8s chart already. */
export class SettingsChart extends cdk8s.Chart {
  constructor() {
    super(new cdk8s.App(), 'settings', { namespace: NAMESPACE });
    new cdk8s.ApiObject(this, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { currency: 'EUR' } });
    new cdk8s.ApiObject(this, 'Reader', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'settings-reader' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['settings'], verbs: ['get'] }],
    });
  }
}

/** What was written as manifests and service accounts. */
export class ShopChart extends cdk8s.Chart {
  constructor(bucketName: string, annotations: { orders: { [name: string]: string }; reports: { [name: string]: string } }) {
    super(new cdk8s.App(), 'shop', { namespace: NAMESPACE });
    const objects = [
      namespace(),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'orders', annotations: annotations.orders } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reports', annotations: annotations.reports } },
      deployment('orders', bucketName),
      service('orders'),
      deployment('reports', bucketName),
    ];
    for (const object of objects) {
      new cdk8s.ApiObject(this, `${object.kind}-${object.metadata.name}`, object);
    }
  }
}
