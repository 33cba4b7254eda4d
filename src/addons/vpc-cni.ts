import { Aws, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';
import { checkInteger } from '../private/check-number';
import { mergeValues } from '../private/merge-values';

/**
 * How traffic of a pod with its own security groups flows.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 */
export enum PodSecurityGroupEnforcingMode {
  /** Through the pod's own interface only, and only its groups apply. No source NAT: such pods reach the internet from private subnets. */
  STRICT = 'strict',

  /** Through the node's primary interface where that leads out of the VPC, and the groups of both apply. */
  STANDARD = 'standard',
}

/**
 * What pods may do between their start and the first network policy that applies to them.
 */
export enum NetworkPolicyEnforcingMode {
  /** Everything is allowed until policies are in place. */
  STANDARD = 'standard',

  /** Nothing is allowed until policies are in place. */
  STRICT = 'strict',
}

/**
 * Options of VpcCni.
 */
export interface VpcCniOptions extends ManagedAddonOptions {
  /**
   * How aws-node gets its role. Pod Identity needs the pod identity agent (`PodIdentityAgent`, which PlatformCluster has).
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;

  /**
   * Whether interfaces get prefixes of 16 addresses instead of single ones, so that far more pods fit on a node. Nodes must be told
   * the higher pod limit; managed node groups without an own image find it themselves.
   *
   * @default - EKS's default: off, and on in IPv6 clusters
   */
  readonly prefixDelegation?: boolean;

  /**
   * Whole interfaces kept free on each node. It has no effect together with `warmIpTarget`.
   *
   * @default - 1
   */
  readonly warmEniTarget?: number;

  /**
   * Addresses kept free on each node.
   *
   * @default - `warmEniTarget` or `warmPrefixTarget` decides
   */
  readonly warmIpTarget?: number;

  /**
   * Addresses that each node has from its start.
   *
   * @default - `warmEniTarget` or `warmPrefixTarget` decides
   */
  readonly minimumIpTarget?: number;

  /**
   * Whole prefixes kept free on each node. It needs `prefixDelegation`, and has no effect together with `warmIpTarget` or `minimumIpTarget`.
   *
   * @default - 1
   */
  readonly warmPrefixTarget?: number;

  /**
   * Subnets that pods take their addresses from instead of the node's (custom networking), at most one a zone, usually in a secondary
   * CIDR of the VPC. Every zone with nodes needs one: the add-on makes an ENIConfig named after the zone. Not in IPv6 clusters.
   *
   * @default - the node's own subnet
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html
   */
  readonly podSubnets?: ec2.ISubnet[];

  /**
   * Security groups of the pods' interfaces in `podSubnets`.
   *
   * @default - those of the node's primary interface
   */
  readonly podSubnetSecurityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether pods keep their address on the way out of the VPC, and something else (a NAT gateway) translates it. It lets peered
   * networks see pod addresses.
   *
   * @default false
   */
  readonly externalSnat?: boolean;

  /**
   * Whether a SecurityGroupPolicy can give pods security groups of their own. The cluster's role needs the managed policy
   * AmazonEKSVPCResourceController, and nodes an instance type that has trunk interfaces.
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
   */
  readonly securityGroupsForPods?: boolean;

  /**
   * How traffic of pods with their own security groups flows. It needs `securityGroupsForPods`.
   *
   * @default PodSecurityGroupEnforcingMode.STRICT
   */
  readonly podSecurityGroupEnforcingMode?: PodSecurityGroupEnforcingMode;

  /**
   * Whether Kubernetes network policies are enforced.
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
   */
  readonly networkPolicy?: boolean;

  /**
   * What new pods may do before their policies are in place. It needs `networkPolicy`.
   *
   * @default NetworkPolicyEnforcingMode.STANDARD
   */
  readonly networkPolicyEnforcingMode?: NetworkPolicyEnforcingMode;

  /**
   * Whether every decision of a network policy is written to the node's log. It needs `networkPolicy`.
   *
   * @default false
   */
  readonly networkPolicyEventLogs?: boolean;
}

/**
 * Properties of VpcCni.
 */
export interface VpcCniProps extends VpcCniOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The VPC CNI: gives every pod an address of the VPC. An EKS add-on, with its permissions on its own role and not on the nodes'.
 *
 * - **Auto Mode**: needless, every node has it.
 * - **Fargate**: needless.
 * - **Windows**: no, not on such nodes; their pods get addresses with `enableWindowsIpam` among its `configurationValues`.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html
 *
 * @example
 * new addons.VpcCni(stack, 'VpcCni', {
 *   cluster: existing,
 *   prefixDelegation: true,
 *   networkPolicy: true,
 * });
 */
export class VpcCni extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of aws-node. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: VpcCniProps) {
    super(scope, id);
    const { cluster } = props;
    const ipv6 = cluster.ipFamily === eks.IpFamily.IP_V6;
    refuseContradictions(props, ipv6);

    const { role, ...identity } = addonRole(this, 'Role', {
      cluster,
      options: props,
      what: 'VPC CNI',
      namespace: 'kube-system',
      serviceAccount: 'aws-node',
      // There is no managed policy for IPv6 clusters.
      ...ipv6
        ? { policies: { Networking: ipv6Statements() } }
        : { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy')] },
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      ...identity,
      addonName: 'vpc-cni',
      configurationValues: mergeValues(configuration(this, props), props.configurationValues),
      after: BootstrapStage.CONTROL_PLANE,
      stage: BootstrapStage.NETWORKING,
    });
  }
}

function refuseContradictions(props: VpcCniOptions, ipv6: boolean) {
  const needs = (prop: keyof VpcCniOptions, other: keyof VpcCniOptions) => {
    if (props[prop] !== undefined && !props[other]) {
      throw new Error(`"${prop}" is ${props[prop]} but "${other}" is not on: give "${other}" too, or leave "${prop}" out`);
    }
  };
  const ignored = (prop: keyof VpcCniOptions, other: keyof VpcCniOptions) => {
    if (props[prop] !== undefined && props[other] !== undefined) {
      throw new Error(`"${prop}" is ${props[prop]} but "${other}" is ${props[other]}, which overrides it: give one of them`);
    }
  };
  for (const part of ['env', 'init.env']) {
    const env: Record<string, unknown> = part.split('.').reduce((value, key) => value?.[key], props.configurationValues as any) ?? {};
    const [name, value] = Object.entries(env).find(([, item]) => ['boolean', 'number'].includes(typeof item) && !Token.isUnresolved(item)) ?? [];
    if (name !== undefined) {
      throw new Error(`"configurationValues.${part}.${name}" is ${value}: give text, "${value}", the add-on takes nothing else there`);
    }
  }
  for (const prop of ['warmEniTarget', 'warmIpTarget', 'minimumIpTarget', 'warmPrefixTarget'] as const) {
    checkInteger(prop, props[prop] ?? 0, 0);
  }
  if (!ipv6) {
    needs('warmPrefixTarget', 'prefixDelegation');
  }
  ignored('warmEniTarget', 'warmIpTarget');
  ignored('warmPrefixTarget', 'warmIpTarget');
  ignored('warmPrefixTarget', 'minimumIpTarget');
  needs('podSecurityGroupEnforcingMode', 'securityGroupsForPods');
  needs('networkPolicyEnforcingMode', 'networkPolicy');
  needs('networkPolicyEventLogs', 'networkPolicy');
  if (props.podSubnets?.length === 0) {
    throw new Error('"podSubnets" is empty: give one subnet for every zone with nodes, or leave it out');
  }
  if (props.podSubnetSecurityGroups && !props.podSubnets) {
    throw new Error('"podSubnetSecurityGroups" is given but "podSubnets" is not: give the subnets too, or leave the groups out');
  }
  if (ipv6 && props.podSubnets) {
    throw new Error('"podSubnets" is given but the cluster\'s IP family is ipv6: custom networking exists in IPv4 clusters only, leave it out');
  }
  if (ipv6 && props.prefixDelegation === false) {
    throw new Error('"prefixDelegation" is false but the cluster\'s IP family is ipv6, where it is always on: leave it out');
  }
}

/** The add-on's configuration; all its variables are strings. */
function configuration(scope: Construct, props: VpcCniOptions): Record<string, any> {
  const number = (value?: number) => value === undefined ? undefined : Tokenization.stringifyNumber(value);
  const boolean = (value?: boolean) => value === undefined ? undefined : `${value}`;
  const strict = props.securityGroupsForPods && props.podSecurityGroupEnforcingMode !== PodSecurityGroupEnforcingMode.STANDARD;
  const env = {
    ENABLE_PREFIX_DELEGATION: boolean(props.prefixDelegation),
    WARM_ENI_TARGET: number(props.warmEniTarget),
    WARM_IP_TARGET: number(props.warmIpTarget),
    MINIMUM_IP_TARGET: number(props.minimumIpTarget),
    WARM_PREFIX_TARGET: number(props.warmPrefixTarget),
    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: props.podSubnets && 'true',
    ENI_CONFIG_LABEL_DEF: props.podSubnets && 'topology.kubernetes.io/zone',
    AWS_VPC_K8S_CNI_EXTERNALSNAT: boolean(props.externalSnat),
    ENABLE_POD_ENI: boolean(props.securityGroupsForPods),
    POD_SECURITY_GROUP_ENFORCING_MODE: props.podSecurityGroupEnforcingMode,
    NETWORK_POLICY_ENFORCING_MODE: props.networkPolicyEnforcingMode,
  };
  return {
    ...withoutEmpty({ env }),
    // Probes of the kubelet could not reach pods behind a trunk interface otherwise.
    init: strict ? { env: { DISABLE_TCP_EARLY_DEMUX: 'true' } } : undefined,
    enableNetworkPolicy: boolean(props.networkPolicy),
    ...withoutEmpty({ nodeAgent: { enablePolicyEventLogs: boolean(props.networkPolicyEventLogs) } }),
    eniConfig: props.podSubnets && {
      create: true,
      region: Stack.of(scope).region,
      subnets: subnetsByZone(props.podSubnets, props.podSubnetSecurityGroups),
    },
  };
}

/** Leaves out the objects in which nothing is set. */
function withoutEmpty(objects: Record<string, Record<string, any>>): Record<string, any> {
  return Object.fromEntries(Object.entries(objects).filter(([, object]) => Object.values(object).some(value => value !== undefined)));
}

function subnetsByZone(subnets: ec2.ISubnet[], groups?: ec2.ISecurityGroup[]): Record<string, any> {
  const seen = new Set<string>();
  return Object.fromEntries(subnets.map(subnet => {
    const zone = subnet.availabilityZone;
    const resolved = JSON.stringify(Stack.of(subnet).resolve(zone));
    if (seen.has(resolved)) {
      throw new Error(`"podSubnets" has two subnets in zone ${resolved}: give at most one a zone`);
    }
    seen.add(resolved);
    return [zone, { id: subnet.subnetId, securityGroups: groups?.map(group => group.securityGroupId) }];
  }));
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy */
function ipv6Statements(): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: [
        'ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeTags',
      ],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['ec2:CreateTags'],
      resources: [`arn:${Aws.PARTITION}:ec2:*:*:network-interface/*`],
    }),
  ];
}
