import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { deployment, namespace, NAMESPACE, service, SettingsChart } from './objects';

/** A shop as aws-eks-v2 has it: everything in the cluster is delivered by CDK's own kubectl handler. */
export class StockStack extends Stack {
  readonly kubectlLayer: KubectlV36Layer;
  readonly cluster: eks.Cluster;
  readonly bucket: s3.Bucket;
  readonly orders: eks.ServiceAccount;
  readonly reports: eks.ServiceAccount;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.kubectlLayer = new KubectlV36Layer(this, 'Kubectl');
    this.bucket = new s3.Bucket(this, 'Bucket');
    this.cluster = new eks.Cluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      kubectlProviderOptions: { kubectlLayer: this.kubectlLayer },
    });
    this.cluster.addNodegroupCapacity('System', { instanceTypes: [new ec2.InstanceType('m7i.large')], amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD });

    const shop = this.cluster.addManifest('Namespace', namespace());
    this.orders = this.cluster.addServiceAccount('Orders', { name: 'orders', namespace: NAMESPACE });
    this.reports = this.cluster.addServiceAccount('Reports', { name: 'reports', namespace: NAMESPACE, identityType: eks.IdentityType.POD_IDENTITY });
    this.bucket.grantReadWrite(this.orders);
    this.bucket.grantRead(this.reports);

    const orders = this.cluster.addManifest('OrdersWeb', deployment('orders', this.bucket.bucketName), service('orders'));
    const reports = this.cluster.addManifest('ReportsWeb', deployment('reports', this.bucket.bucketName));
    const settings = this.cluster.addCdk8sChart('Settings', new SettingsChart());
    const podinfo = this.cluster.addHelmChart('Podinfo', {
      repository: 'https://stefanprodan.github.io/podinfo', chart: 'podinfo', version: '6.9.2', release: 'podinfo', namespace: NAMESPACE,
      values: { replicaCount: 2 },
    });
    [this.orders, this.reports, settings, podinfo].forEach(one => one.node.addDependency(shop));
    orders.node.addDependency(this.orders);
    reports.node.addDependency(this.reports);
  }
}
