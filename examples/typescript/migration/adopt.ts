import { App, RemovalPolicies, RemovalPolicy } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AttachedChart, ConflictPolicy, Delivery, HelmRelease } from 'eks-slipway';
import { NAMESPACE, SettingsChart, ShopChart } from './objects';
import { StockStack } from './stock-stack';

/*
 * The first deployment: CDK's resources are told to leave in the cluster what they delivered, and Slipway's take it over.
 */
const stack = new StockStack(new App({ context: { '@aws-cdk/aws-eks:useNativeOidcProvider': true } }), 'Shop');
const { cluster, bucket, orders, reports, kubectlLayer } = stack;

RemovalPolicies.of(stack).retain({ applyToResourceTypes: [eks.KubernetesManifest.RESOURCE_TYPE, eks.HelmChart.RESOURCE_TYPE] });

Delivery.of(cluster, { kubectlLayer });
// Retained as long as CDK's resources are there: if this deployment fails, its rollback leaves everything in place.
const adoption = { cluster, conflict: ConflictPolicy.ADOPT, removalPolicy: RemovalPolicy.RETAIN };

const roleArn = (account: eks.ServiceAccount) => ({ 'eks.amazonaws.com/role-arn': account.role.roleArn });
const shop = new AttachedChart(stack, 'ShopChart', {
  ...adoption, chart: new ShopChart(bucket.bucketName, { orders: roleArn(orders), reports: roleArn(reports) }),
});
const settings = new AttachedChart(stack, 'SettingsChart', { ...adoption, chart: new SettingsChart() });
const podinfo = new HelmRelease(stack, 'PodinfoRelease', {
  ...adoption,
  repository: 'https://stefanprodan.github.io/podinfo', chart: 'podinfo', version: '6.9.2', release: 'podinfo', namespace: NAMESPACE,
  values: { replicaCount: 2 },
});
settings.node.addDependency(shop);
podinfo.node.addDependency(shop);
