import { CfnResource } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { clusterResource, hasAutoMode } from '../private/cluster-facts';

/**
 * Pod Identity without its agent gives pods no credentials, and nothing says so. What is decidable: a cluster of this app that
 * is not on Auto Mode, which has the agent, and for which nothing in the app installs it.
 */
export function podIdentityAgentErrors(what: string, cluster: eks.ICluster): string[] {
  if (!clusterResource(cluster) || hasAutoMode(cluster)) {
    return [];
  }
  const agents = cluster.node.root.node.findAll().filter(construct => CfnResource.isCfnResource(construct)
    && construct.cfnResourceType === 'AWS::EKS::Addon' && (construct as any).addonName === 'eks-pod-identity-agent');
  return agents.length > 0 ? [] : [
    `${what} gets its role by Pod Identity, whose agent is not installed on ${cluster.node.path}: add new addons.PodIdentityAgent(...), `
    + 'or give "identityType" eks.IdentityType.IRSA',
  ];
}
