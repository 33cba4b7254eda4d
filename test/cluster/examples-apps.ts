import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import { exampleNames, stacksOf, SynthesizedStack, synthesizeExample } from './examples-synth';
import { blueprints, PlatformCluster } from '../../src';

/** The apps whose manifests are delivered: every example, the blueprint in its other shapes, and one that uses CDK's own methods. */
export const APPS: Record<string, () => SynthesizedStack[]> = {
  ...Object.fromEntries(exampleNames().map(name => [`the example ${name}`, () => synthesizeExample(name)])),

  'the blueprint with all that its sample can have': () => blueprint({
    kubectlLayerArn: 'arn:aws:lambda:eu-central-1:123456789012:layer:kubectl:1',
    production: false,
    size: blueprints.PlatformSize.LARGE,
    sampleNamespace: 'shop',
    domain: 'shop.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/a',
    internetCidrs: ['0.0.0.0/0'],
  }),

  'the blueprint on Auto Mode': () => blueprint({ autoMode: true }),

  "CDK's own methods": () => {
    const app = new App();
    cdkMethods(new Stack(app, 'Stock'));
    return stacksOf(app.synth());
  },
};

function blueprint(props: blueprints.PlatformBlueprintProps): SynthesizedStack[] {
  const app = new App();
  new blueprints.PlatformBlueprint(app, 'Platform', props);
  return stacksOf(app.synth());
}

/** What somebody writes who knows `aws-eks-v2` and only changed the class of the cluster. */
function cdkMethods(stack: Stack) {
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36 });
  cluster.addNodegroupCapacity('Nodes', { instanceTypes: [new ec2.InstanceType('m7i.large')] });
  const bucket = new s3.Bucket(stack, 'Bucket');

  const labels = { app: 'stock' };
  const manifest = cluster.addManifest('Web',
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'stock' } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'stock' }, spec: { selector: labels, ports: [{ port: 80 }] } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'stock' },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'web', image: 'web:1', env: [{ name: 'BUCKET', value: bucket.bucketName }, { name: 'ROLE', value: cluster.role.roleArn }] }] },
        },
      },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes', namespace: 'stock' }, data: { zone: stack.region } });

  const chart = new cdk8s.Chart(new cdk8s.App(), 'settings', { namespace: 'stock' });
  new cdk8s.ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } });
  new cdk8s.ApiObject(chart, 'Reader', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'reader' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }],
  });
  const settings = cluster.addCdk8sChart('Settings', chart);
  settings.node.addDependency(manifest);

  const patch = new eks.KubernetesPatch(stack, 'Mark', {
    cluster,
    resourceName: 'deployment/web',
    resourceNamespace: 'stock',
    applyPatch: { metadata: { annotations: { marked: 'yes' } } },
    restorePatch: { metadata: { annotations: { marked: 'not any more' } } },
  });
  patch.node.addDependency(manifest);

  const address = new eks.KubernetesObjectValue(stack, 'Address', {
    cluster,
    objectType: 'service',
    objectName: 'web',
    objectNamespace: 'stock',
    jsonPath: '.spec.clusterIP',
  });
  address.node.addDependency(manifest);
}
