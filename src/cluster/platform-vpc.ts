import { CfnResource, Fn, RemovalPolicy, Stack, Tags, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, Dependable } from 'constructs';
import { checkInteger } from '../private/check-number';
import { checkCidr, cidrsOverlap, prefixLength, subnetOf } from '../private/cidr';

/**
 * Properties of a PlatformVpc.
 */
export interface PlatformVpcProps {
  /**
   * The VPC's IPv4 CIDR block, from /16 to /24. Every zone gets an eighth of it for its private subnet, where nodes and pods take their
   * addresses, and a 256th (at least a /28) for its public one.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * Number of zones, at least 2: the first ones in the account's list. At most one of `zones`, `availabilityZoneIndexes` and `availabilityZones`.
   *
   * @default 3
   */
  readonly zones?: number;

  /**
   * Which zones to use, by their places in the account's list, such as `[0, 1, 3]`. EKS refuses a few zones, such as the one with the id
   * use1-az3: give other places where the account has one of them among its first.
   *
   * @default - the first `zones` ones
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
   */
  readonly availabilityZoneIndexes?: number[];

  /**
   * Which zones to use, by their names.
   *
   * @default - the first `zones` ones
   */
  readonly availabilityZones?: string[];

  /**
   * Number of NAT gateways, at least 1. With one in each zone the loss of a zone leaves the others their way out; with fewer,
   * traffic of the other zones crosses zones, and costs less while it is little.
   *
   * @default - one in each zone
   */
  readonly natGateways?: number;

  /**
   * Whether the VPC has IPv6 addresses too, which an IPv6 cluster needs.
   *
   * @default ec2.IpProtocol.IPV4_ONLY
   */
  readonly ipProtocol?: ec2.IpProtocol;

  /**
   * A secondary CIDR block for pods, such as '100.64.0.0/16': every zone gets a quarter of it as one more subnet, without
   * a way in, that shares the way out of the zone's private subnet. Give `podSubnets` to `VpcCni` for pods to use them.
   *
   * @default - pods take their addresses from the private subnets
   */
  readonly podCidr?: string;

  /**
   * Whether accepted and refused connections are logged to CloudWatch Logs.
   *
   * @default true
   */
  readonly flowLogs?: boolean;

  /**
   * How long flow logs are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * Key that encrypts the flow logs. Its policy must let CloudWatch Logs use it.
   *
   * @default - the log group is encrypted by CloudWatch Logs' own key
   */
  readonly flowLogEncryptionKey?: kms.IKey;

  /**
   * Whether traffic to S3, from where nodes load the layers of their images, takes a gateway endpoint instead of the NAT gateways.
   *
   * @default true
   */
  readonly s3Endpoint?: boolean;
}

/** What nobody needs to wait for who waits for the routes: they wait for it themselves, and flow logs carry no traffic. */
const IMPLIED = /^AWS::(EC2::(VPC|Subnet|RouteTable|EIP|NatGateway|InternetGateway|VPCCidrBlock|FlowLog)$|IAM::|Logs::)/;

/**
 * A VPC for an EKS platform: in three zones a public subnet for load balancers and a private one for everything else, a NAT gateway
 * each, flow logs, and the tags by which load balancers find their subnets.
 *
 * It asks AWS for nothing at synth: which zones the account has is resolved when it is deployed.
 */
export class PlatformVpc extends ec2.Vpc {
  /** Subnets for pods, one in each zone; empty without `podCidr`. */
  public readonly podSubnets: ec2.ISubnet[];

  constructor(scope: Construct, id: string, props: PlatformVpcProps = {}) {
    const cidr = checkVpcCidr('cidr', props.cidr ?? '10.0.0.0/16');
    const zones = availabilityZones(props);
    checkFlowLogs(props);
    const stack = Stack.of(scope);
    // Where account and region are known ec2.Vpc compares the zones with a list that CDK would look up with credentials.
    Object.defineProperty(stack, 'availabilityZones', { value: [], configurable: true });
    super(scope, id, {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      availabilityZones: zones,
      natGateways: checkCount('natGateways', props.natGateways ?? zones.length, 1, zones.length),
      ipProtocol: props.ipProtocol,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: Math.min(prefixLength(cidr) + 8, 28) },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: prefixLength(cidr) + 3 },
      ],
      gatewayEndpoints: props.s3Endpoint === false ? undefined : { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      restrictDefaultSecurityGroup: false, // it would cost a Lambda function and a custom resource
    });
    delete (stack as any).availabilityZones;
    const vpc = this.node;
    Dependable.implement(this, {
      get dependencyRoots() {
        return vpc.findAll().filter(child => CfnResource.isCfnResource(child) && !IMPLIED.test(child.cfnResourceType));
      },
    });

    this.publicSubnets.forEach(subnet => Tags.of(subnet).add('kubernetes.io/role/elb', '1'));
    this.privateSubnets.forEach(subnet => Tags.of(subnet).add('kubernetes.io/role/internal-elb', '1'));
    this.podSubnets = props.podCidr === undefined ? [] : this.makePodSubnets(checkPodCidr(props.podCidr, cidr));
    if (props.flowLogs !== false) {
      this.logFlows(props);
    }
  }

  private makePodSubnets(cidr: string): ec2.ISubnet[] {
    const block = new ec2.CfnVPCCidrBlock(this, 'PodCidr', { vpcId: this.vpcId, cidrBlock: cidr });
    const bits = Math.ceil(Math.log2(this.privateSubnets.length));
    return this.privateSubnets.map((neighbour, index) => {
      const id = `PodSubnet${index + 1}`;
      const subnet = new ec2.CfnSubnet(this, id, {
        vpcId: this.vpcId,
        availabilityZone: neighbour.availabilityZone,
        cidrBlock: subnetOf(cidr, index, bits),
        tags: [{ key: 'Name', value: `${this.node.path}/${id}` }],
      });
      subnet.node.addDependency(block);
      new ec2.CfnSubnetRouteTableAssociation(this, `${id}RouteTableAssociation`, {
        subnetId: subnet.ref,
        routeTableId: neighbour.routeTable.routeTableId,
      });
      return ec2.Subnet.fromSubnetAttributes(this, `${id}Reference`, { subnetId: subnet.ref, availabilityZone: neighbour.availabilityZone });
    });
  }

  private logFlows(props: PlatformVpcProps) {
    const logGroup = new logs.LogGroup(this, 'FlowLogs', {
      retention: props.flowLogRetention ?? logs.RetentionDays.ONE_MONTH,
      encryptionKey: props.flowLogEncryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'FlowLogsRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
      inlinePolicies: {
        FlowLogs: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          })],
        }),
      },
    });
    this.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role.withoutPolicyUpdates()) });
  }
}

/** A number that decides how many resources there are. */
function checkCount(prop: string, count: number, min: number, max: number): number {
  if (Token.isUnresolved(count)) {
    throw new Error(`"${prop}" is a token: give the number itself, since it decides what is made at synth`);
  }
  return checkInteger(prop, count, min, max);
}

function checkFlowLogs(props: PlatformVpcProps) {
  for (const prop of ['flowLogRetention', 'flowLogEncryptionKey'] as const) {
    if (props.flowLogs === false && props[prop] !== undefined) {
      throw new Error(`"${prop}" is given but "flowLogs" is false: leave one of them out`);
    }
  }
}

function checkVpcCidr(prop: string, cidr: string): string {
  if (Token.isUnresolved(cidr)) {
    throw new Error(`"${prop}" is a token: give the block itself, since it is divided into subnets at synth`);
  }
  checkCidr(prop, cidr);
  if (cidr.includes(':') || prefixLength(cidr) < 16 || prefixLength(cidr) > 24) {
    throw new Error(`"${prop}" is "${cidr}": give an IPv4 block from /16 to /24`);
  }
  return cidr;
}

function checkPodCidr(cidr: string, vpcCidr: string): string {
  checkVpcCidr('podCidr', cidr);
  if (cidrsOverlap(cidr, vpcCidr)) {
    throw new Error(`"podCidr" is "${cidr}", which overlaps with "cidr", "${vpcCidr}": give a block outside of it, such as "100.64.0.0/16"`);
  }
  return cidr;
}

function availabilityZones({ zones, availabilityZoneIndexes, availabilityZones: names }: PlatformVpcProps): string[] {
  const given = Object.entries({ zones, availabilityZoneIndexes, availabilityZones: names }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    throw new Error(`"${given[0][0]}" and "${given[1][0]}" are both given: give one of them`);
  }
  if (names) {
    return checkDistinct('availabilityZones', names);
  }
  const indexes = availabilityZoneIndexes ?? [...Array(checkCount('zones', zones ?? 3, 2, 6)).keys()];
  checkDistinct('availabilityZoneIndexes', indexes.map(String));
  return indexes.map(index => Fn.select(checkInteger('availabilityZoneIndexes', index, 0), Fn.getAzs()));
}

function checkDistinct(prop: string, zones: string[]): string[] {
  if (zones.length < 2 || new Set(zones).size < zones.length) {
    throw new Error(`"${prop}" is [${zones.join(', ')}]: give at least two different zones, since EKS needs subnets in two`);
  }
  return zones;
}
