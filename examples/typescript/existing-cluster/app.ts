import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { addons, charts, Delivery, DeliveryNetwork } from 'eks-slipway';

/*
 * Add-ons for a cluster that exists already, whoever made it. CoreDNS, vpc-cni and kube-proxy are there; the pod identity agent
 * comes first, because the others get their roles through it.
 */
const app = new App();
const stack = new Stack(app, 'Addons');

const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
  clusterName: 'existing',
  clusterSecurityGroupId: 'sg-0123456789abcdef0',
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  }),
});
Delivery.of(cluster, {
  network: DeliveryNetwork.privateSubnets(),
  kubectlLayer: new KubectlV36Layer(stack, 'Kubectl'),
});

new addons.PodIdentityAgent(stack, 'PodIdentity', { cluster });
new addons.EbsCsiDriver(stack, 'Storage', { cluster });
new addons.MetricsServer(stack, 'Metrics', { cluster });
new addons.NodeMonitoringAgent(stack, 'NodeMonitoring', { cluster });
new addons.ContainerInsights(stack, 'Insights', { cluster });
new addons.AwsLoadBalancerController(stack, 'LoadBalancing', { cluster });

const karpenter = new addons.Karpenter(stack, 'Karpenter', { cluster });
karpenter.addNodePool('General', {
  requirements: [
    charts.NodeRequirement.capacityTypes(charts.CapacityType.SPOT, charts.CapacityType.ON_DEMAND),
    charts.NodeRequirement.instanceCategories('c', 'm', 'r'),
    charts.NodeRequirement.instanceGenerationGreaterThan(4),
  ],
  limits: { cpu: '100' },
});
