import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** A stock cluster of aws-eks-v2 without any capacity, in a VPC with two zones, with the Pod Identity agent on its nodes. */
export function newCluster(stack: Stack, id = 'Cluster', version?: eks.KubernetesVersion): eks.Cluster {
  return withAgent(clusterWithoutAgent(stack, id, version));
}

/** Installs the Pod Identity agent. */
export function withAgent(cluster: eks.Cluster): eks.Cluster {
  new CfnAddon(cluster, 'Agent', { clusterName: cluster.clusterName, addonName: 'eks-pod-identity-agent' });
  return cluster;
}

/** The same, where Pod Identity gives no credentials. */
export function clusterWithoutAgent(stack: Stack, id = 'Cluster', version = eks.KubernetesVersion.V1_34): eks.Cluster {
  return new eks.Cluster(stack, id, {
    version,
    clusterName: `${stack.stackName}-${id}`,
    bootstrapSelfManagedAddons: false,
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
}

/** A cluster that exists already. */
export function importedCluster(stack: Stack, id = 'Imported'): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(stack, id, {
    clusterName: 'existing',
    clusterSecurityGroupId: 'sg-cluster',
    vpc: ec2.Vpc.fromVpcAttributes(stack, `${id}Vpc`, {
      vpcId: 'vpc-1',
      availabilityZones: ['zone-a', 'zone-b'],
      publicSubnetIds: ['subnet-1', 'subnet-2'],
      privateSubnetIds: ['subnet-3', 'subnet-4'],
    }),
    openIdConnectProvider: {
      openIdConnectProviderArn: stack.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: 'oidc.example/id/1' }),
      openIdConnectProviderIssuer: 'oidc.example/id/1',
    } as any,
  });
}
