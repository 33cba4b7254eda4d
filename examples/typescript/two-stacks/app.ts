import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { addons, AttachedChart, PlatformCluster, ServiceAccountRole } from 'eks-slipway';

/*
 * The platform team's stack holds the cluster; the shop team's stack holds its bucket, its role and its manifests, and is deployed,
 * changed and removed without the other.
 */
const app = new App({
  // the platform's exports cannot change while the shop uses them
  context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
});

const platform = new Stack(app, 'Platform');
const cluster = new PlatformCluster(platform, 'Cluster', {
  version: eks.KubernetesVersion.V1_36,
  kubectlLayer: new KubectlV36Layer(platform, 'Kubectl'),
  admins: [iam.Role.fromRoleName(platform, 'Admins', 'PlatformAdmins')],
});
cluster.addManagedNodeGroup('System', { instanceTypes: [new ec2.InstanceType('m7i.large')], minSize: 2, maxSize: 4 });
new addons.AwsLoadBalancerController(platform, 'LoadBalancing', { cluster });

const shop = new Stack(app, 'Shop');
const orders = new s3.Bucket(shop, 'Orders');
const role = new ServiceAccountRole(shop, 'OrdersRole', { cluster, namespace: 'shop', serviceAccount: 'orders' });
orders.grantReadWrite(role);

class ShopChart extends cdk8s.Chart {
  constructor(scope: cdk8s.App) {
    super(scope, 'shop', { namespace: 'shop' });
    new kplus.Namespace(this, 'Namespace', { metadata: { name: 'shop' } });
    const serviceAccount = new kplus.ServiceAccount(this, 'ServiceAccount', { metadata: { name: 'orders' } });
    const deployment = new kplus.Deployment(this, 'Orders', {
      serviceAccount,
      automountServiceAccountToken: false,
      securityContext: { user: 65532, group: 65532, fsGroup: 65532 },
      containers: [{
        image: 'public.ecr.aws/docker/library/busybox:1.37',
        command: ['sleep', 'infinity'],
        envVariables: { BUCKET: kplus.EnvValue.fromValue(orders.bucketName) },
        securityContext: { user: 65532, group: 65532 },
      }],
    });
    deployment.scheduling.spread({ topology: kplus.Topology.ZONE });
  }
}

const chart = new AttachedChart(shop, 'Chart', { cluster, chart: new ShopChart(new cdk8s.App()) });
chart.node.addDependency(role);
