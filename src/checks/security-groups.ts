import { launchTemplateOf } from './launch-template';
import { ClusterFacts, Platform } from './platform';
import { Resource } from './resource';
import { listOf } from './values';

/** The security group that EKS makes for a cluster; it has the cluster's tag, and lets in what is in it. */
export const CLUSTER_SECURITY_GROUP = 'cluster security group';

/**
 * The security groups of the nodes of a group, where its launch template names them and the app makes them all.
 */
export function securityGroupsOf(platform: Platform, group: Resource): (Resource | typeof CLUSTER_SECURITY_GROUP)[] | undefined {
  const template = launchTemplateOf(platform, group);
  const data = template?.properties.LaunchTemplateData;
  const ids: any[] | undefined = data?.SecurityGroupIds ?? data?.NetworkInterfaces?.[0]?.Groups;
  const groups = Array.isArray(ids) ? ids.map(id => securityGroup(platform, id, template!)) : [];
  return groups.length > 0 && groups.every(found => found !== undefined) ? groups as any : undefined;
}

function securityGroup(platform: Platform, id: any, { template }: Resource): Resource | typeof CLUSTER_SECURITY_GROUP | undefined {
  const target = platform.target(id, template);
  if (platform.clusters.some(({ resource }) => resource === target)) {
    return CLUSTER_SECURITY_GROUP;
  }
  return target?.type === 'AWS::EC2::SecurityGroup' ? target : undefined;
}

/** Whether a rule of a security group lets the control plane in on a TCP port: whoever it is from, only itself aside. */
export function letsControlPlaneIn(platform: Platform, group: Resource, { resource, properties: cluster }: ClusterFacts, port: number): boolean {
  const ofControlPlane = platform.targets(cluster.ResourcesVpcConfig?.SecurityGroupIds, resource.template);
  const rules: [rule: any, of: Resource][] = [
    ...listOf<any>(group.properties.SecurityGroupIngress).map((rule): [any, Resource] => [rule, group]),
    ...platform.referringTo(group, 'AWS::EC2::SecurityGroupIngress', 'GroupId').map((rule): [any, Resource] => [rule.properties, rule]),
  ];
  return rules.some(([{ IpProtocol: protocol, FromPort: from, ToPort: to, SourceSecurityGroupId: source }, { template }]) => {
    const isForPort = String(protocol) === '-1' || (/^(tcp|6)$/.test(String(protocol)) && !(Number(from) > port) && !(Number(to) < port));
    const isItself = source !== undefined && platform.target(source, template) === group;
    return isForPort && (!isItself || ofControlPlane.includes(group));
  });
}
