import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addons, charts, HelmRelease, PlatformCluster } from 'eks-slipway';

/*
 * The typical platform: default VPC with 3 zones, 3 NAT gateways and flow logs; one node group; the seven managed add-ons; Karpenter with
 * a pool; the load balancer controller; Container Insights; ExternalDNS and cert-manager as plain releases.
 */
const stack = new Stack(new App({ analyticsReporting: false }), 'Typical');
const cluster = new PlatformCluster(stack, 'Cluster', {
  version: eks.KubernetesVersion.V1_36,
  kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', stack.formatArn({ service: 'lambda', resource: 'layer', resourceName: 'kubectl:1' })),
  admins: [iam.Role.fromRoleName(stack, 'Admins', 'PlatformAdmins')],
  teardown: { enabled: process.env.TEARDOWN !== 'off' },
});
cluster.addManagedNodeGroup('System', { instanceTypes: [new ec2.InstanceType('m7i.large')], minSize: 2, maxSize: 4 });
new addons.MetricsServer(stack, 'Metrics', { cluster });
new addons.EbsCsiDriver(stack, 'Storage', { cluster });
new addons.NodeMonitoringAgent(stack, 'NodeMonitoring', { cluster });
new addons.ContainerInsights(stack, 'Insights', { cluster });
new addons.AwsLoadBalancerController(stack, 'LoadBalancing', { cluster });
new addons.Karpenter(stack, 'Karpenter', { cluster }).addNodePool('General', {
  requirements: [charts.NodeRequirement.capacityTypes(charts.CapacityType.ON_DEMAND)],
  limits: { cpu: '100' },
});
new HelmRelease(stack, 'ExternalDns', {
  cluster, chart: 'external-dns', repository: 'https://kubernetes-sigs.github.io/external-dns/', version: '1.21.1', namespace: 'external-dns',
  values: { provider: { name: 'aws' }, policy: 'upsert-only', txtOwnerId: 'typical' },
});
new HelmRelease(stack, 'CertManager', {
  cluster, chart: 'oci://quay.io/jetstack/charts/cert-manager', version: 'v1.21.1', namespace: 'cert-manager', values: { crds: { enabled: true } },
});
