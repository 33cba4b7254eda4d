import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { AttachedChart, Bootstrap, BootstrapStage, Delivery, HelmRelease, ServiceAccountRole } from 'eks-slipway';
import { NAMESPACE, SettingsChart, ShopChart } from './objects';
import { acknowledgePlainCluster } from './plain-cluster';

/*
 * The second deployment, and where it ends: the same cluster of aws-eks-v2, everything in it delivered by Slipway. Nothing of CDK's kubectl
 * handler is left. docs/migration.md tells the way here, from `stock.ts` over `adopt.ts`.
 */
const stack = new Stack(new App({ context: { '@aws-cdk/aws-eks:useNativeOidcProvider': true } }), 'Shop');
acknowledgePlainCluster(stack);
const bucket = new s3.Bucket(stack, 'Bucket');
const cluster = new eks.Cluster(stack, 'Cluster', {
  version: eks.KubernetesVersion.V1_36,
  defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
});
const nodes = cluster.addNodegroupCapacity('System', { instanceTypes: [new ec2.InstanceType('m7i.large')], amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD });
// CDK's `addServiceAccount` has installed the pod identity agent.
void cluster.eksPodIdentityAgent;

Delivery.of(cluster, { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') });
// Where this app makes a cluster anew, charts come after the nodes.
Bootstrap.of(cluster).add(BootstrapStage.CAPACITY, nodes.node.defaultChild!);

// The roles and the association of CDK's service accounts go on under their logical ids: pods keep their credentials.
const keepId = (construct: IConstruct, logicalId: string) => (construct.node.defaultChild as CfnResource ?? construct).overrideLogicalId(logicalId);
const orders = new ServiceAccountRole(stack, 'OrdersRole', {
  cluster, namespace: NAMESPACE, serviceAccount: 'orders', identityType: eks.IdentityType.IRSA,
});
const reports = new ServiceAccountRole(stack, 'ReportsRole', { cluster, namespace: NAMESPACE, serviceAccount: 'reports' });
keepId(orders.role, 'ClusterOrdersRole507E0CA2');
keepId(reports.role, 'ClusterReportsRole80C9F496');
keepId(reports.node.findChild('Association'), 'ClusterReportsAssociation36736006');
bucket.grantReadWrite(orders);
bucket.grantRead(reports);

const shop = new AttachedChart(stack, 'ShopChart', {
  cluster,
  chart: new ShopChart(bucket.bucketName, { orders: orders.annotations, reports: reports.annotations }),
});
shop.node.addDependency(orders, reports);
const settings = new AttachedChart(stack, 'SettingsChart', { cluster, chart: new SettingsChart() });
const podinfo = new HelmRelease(stack, 'PodinfoRelease', {
  cluster,
  repository: 'https://stefanprodan.github.io/podinfo', chart: 'podinfo', version: '6.9.2', release: 'podinfo', namespace: NAMESPACE,
  values: { replicaCount: 2 },
});
settings.node.addDependency(shop);
podinfo.node.addDependency(shop);
