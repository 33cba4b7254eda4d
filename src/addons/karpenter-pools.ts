import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { KarpenterNodeRole } from './karpenter-node-role';
import { KarpenterNodeClassOptions, KarpenterNodePoolOptions } from './karpenter-pool-options';
import { AmiAlias } from '../charts/ami-alias';
import { AmiFamily } from '../charts/ami-family';
import { Ec2NodeClassProps } from '../charts/ec2-node-class';
import { CapacityType, NodeArchitecture, NodeOperatingSystem, NodeRequirement } from '../charts/node-requirement';
import { AmiSelectorTerm } from '../charts/selector-terms';

/** A node class in this cluster: what the user says, and what follows from cluster and role. */
export function nodeClassProps(id: string, cluster: eks.ICluster, nodes: KarpenterNodeRole, options: KarpenterNodeClassOptions): Ec2NodeClassProps {
  for (const [prop, terms] of [['subnets', 'subnetSelectorTerms'], ['securityGroups', 'securityGroupSelectorTerms']] as const) {
    if (options[prop] && options[terms]) {
      throw new Error(`"${prop}" and "${terms}" are both given for node class "${id}": give one of them`);
    }
  }
  const instanceProfile = options.instanceProfile ?? nodes.instanceProfile;
  const subnets = () => cluster.vpc.selectSubnets(options.subnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).subnetIds;
  const groups = () => options.securityGroups?.map(group => group.securityGroupId) ?? [cluster.clusterSecurityGroupId];
  return {
    ...options,
    name: options.name ?? kebabCase(id),
    ...instanceProfile === undefined ? { role: nodes.role.roleName } : { instanceProfile },
    amiSelectorTerms: options.amiSelectorTerms ?? [defaultImage(id, options)],
    subnetSelectorTerms: options.subnetSelectorTerms ?? subnets().map(subnetId => ({ id: subnetId })),
    securityGroupSelectorTerms: options.securityGroupSelectorTerms ?? groups().map(groupId => ({ id: groupId })),
  };
}

/** The image of a class that names none. */
function defaultImage(id: string, { amiFamily = AmiFamily.AL2023 }: KarpenterNodeClassOptions): AmiSelectorTerm {
  switch (amiFamily) {
    case AmiFamily.AL2023: return AmiAlias.al2023();
    case AmiFamily.WINDOWS_2019: return AmiAlias.windows2019();
    case AmiFamily.WINDOWS_2022: return AmiAlias.windows2022();
    case AmiFamily.WINDOWS_2025: return AmiAlias.windows2025();
    default: throw new Error(`"amiSelectorTerms" is missing for node class "${id}" of the family ${amiFamily}: say which images its nodes start from`);
  }
}

/** What a class runs, by its image family. */
export function operatingSystemOf({ amiFamily, amiSelectorTerms }: KarpenterNodeClassOptions = {}): NodeOperatingSystem {
  const family = amiFamily ?? amiSelectorTerms?.[0]?.alias ?? '';
  return family.toLowerCase().startsWith('windows') ? NodeOperatingSystem.WINDOWS : NodeOperatingSystem.LINUX;
}

/** The requirements of a pool: those given, and a default for what they leave open. */
export function poolRequirements(options: KarpenterNodePoolOptions, operatingSystem: NodeOperatingSystem): NodeRequirement[] {
  const { capacityTypes, architectures, requirements: others = [] } = options;
  const keys = others.map(({ key }) => key);
  const own = [
    { prop: 'capacityTypes', given: capacityTypes, requirement: NodeRequirement.capacityTypes(...capacityTypes ?? [CapacityType.ON_DEMAND]) },
    { prop: 'architectures', given: architectures, requirement: NodeRequirement.architectures(...architectures ?? [NodeArchitecture.AMD64]) },
    { prop: 'operatingSystems', given: undefined, requirement: NodeRequirement.operatingSystems(operatingSystem) },
  ];
  for (const { prop, given, requirement } of own) {
    if (given && keys.includes(requirement.key)) {
      throw new Error(`"${prop}" is ${given.join(', ')} and "requirements" has "${requirement.key}" too: give one of them`);
    }
  }
  return [...own.map(({ requirement }) => requirement).filter(({ key }) => !keys.includes(key)), ...others];
}

/** GeneralPurpose becomes general-purpose. */
export function kebabCase(id: string): string {
  return id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9.]+/g, '-').toLowerCase();
}
