import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/* What aws-eks-v2 alone gives: VPC, cluster, one node group, one chart. */
const stack = new Stack(new App({ analyticsReporting: false }), 'Plain');
const cluster = new eks.Cluster(stack, 'Cluster', {
  version: eks.KubernetesVersion.V1_36,
  vpc: new ec2.Vpc(stack, 'Vpc'),
  defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
  kubectlProviderOptions: {
    kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', stack.formatArn({ service: 'lambda', resource: 'layer', resourceName: 'kubectl:1' })),
  },
});
cluster.addNodegroupCapacity('System', { instanceTypes: [new ec2.InstanceType('m7i.large')], minSize: 2, maxSize: 4 });
cluster.addHelmChart('ExternalDns', { chart: 'external-dns', repository: 'https://kubernetes-sigs.github.io/external-dns/', version: '1.21.1' });
