import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** The subnets that are meant, or the cluster's private ones. */
export function nodeSubnets(cluster: eks.ICluster, selection?: ec2.SubnetSelection): ec2.SelectedSubnets {
  const selected = clusterVpc(cluster).selectSubnets(selection ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
  if (selected.subnetIds.length === 0) {
    throw new Error(`"subnets" selects none of the subnets of ${clusterVpc(cluster).node.path}: give a selection that matches some`);
  }
  return selected;
}

function clusterVpc(cluster: eks.ICluster): ec2.IVpc {
  try {
    return cluster.vpc;
  } catch {
    throw new Error(`"cluster" is ${cluster.node.path}, imported without "vpc": give it to eks.Cluster.fromClusterAttributes()`);
  }
}
