import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';

/** The L1 of a cluster that is made in this app; undefined when the cluster is imported. */
export function clusterResource(cluster: eks.ICluster): CfnResource | undefined {
  const child = cluster.node.defaultChild;
  // By type and not by class: aws-eks and aws-eks-v2 have each their own CfnCluster in newer releases.
  return CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::EKS::Cluster' ? child : undefined;
}

/** The cluster's name where it is known at synth: an imported cluster's, or the one given to a new cluster. */
export function clusterNameAtSynth(cluster: eks.ICluster): string | undefined {
  if (!Token.isUnresolved(cluster.clusterName)) {
    return cluster.clusterName;
  }
  const name = (clusterResource(cluster) as any)?.name;
  return name === undefined || Token.isUnresolved(name) ? undefined : name;
}

/** The cluster's Kubernetes version ('1.36') where it is known at synth. */
export function clusterVersionAtSynth(cluster: eks.ICluster): string | undefined {
  const version = (clusterResource(cluster) as any)?.version;
  return version === undefined || Token.isUnresolved(version) ? undefined : version;
}

/** Whether a cluster is made with Auto Mode in this app. */
export function hasAutoMode(cluster: eks.ICluster): boolean {
  return Stack.of(cluster).resolve((clusterResource(cluster) as any)?.computeConfig)?.enabled === true;
}

/** Like {@link clusterNameAtSynth}, for policies that name the cluster in a condition key. */
export function requireClusterName(scope: IConstruct, cluster: eks.ICluster): string {
  const name = clusterNameAtSynth(cluster);
  if (name === undefined) {
    throw new Error(`the policies of ${scope.node.path} name the cluster in condition keys, which must be known at synth: give the cluster `
      + `${cluster.node.path} a "clusterName" (PlatformCluster always has one)`);
  }
  return name;
}

/** Whether both are in one stack, so that a dependency from either to the other is an ordinary DependsOn. */
export function inSameStack(a: IConstruct, b: IConstruct): boolean {
  return Stack.of(a) === Stack.of(b);
}
