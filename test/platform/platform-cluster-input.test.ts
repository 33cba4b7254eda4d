import { App, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KUBERNETES_VERSIONS } from '../../src/catalogue/kubernetes-versions';
import { warnAboutVersion } from '../../src/cluster/cluster-checks';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { NodeScoring, PlatformClusterProps, SupportType } from '../../src/cluster/platform-cluster-props';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Shop');
});

const make = (props: Partial<PlatformClusterProps>) => new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, ...props });

const mistakes: [what: string, props: () => Partial<PlatformClusterProps>, error: string][] = [
  ['a name that EKS does not allow', () => ({ clusterName: '-prod' }), '"clusterName" is "-prod": give letters'],
  ['a name that is too long', () => ({ clusterName: 'x'.repeat(101) }), 'at most 100 characters'],
  ['a name that is not known at synth', () => ({ clusterName: Fn.ref('Name') }), '"clusterName" is a token: give a name that is known at synth'],
  ['a version with a patch number', () => ({ version: eks.KubernetesVersion.of('1.36.4') }), '"version" is "1.36.4": give a Kubernetes version such as "1.37"'],
  ['a version that EKS has dropped', () => ({ version: eks.KubernetesVersion.V1_30 }), '"version" is "1.30", which EKS does not offer any more: give one from 1.31'],
  ['public access from everywhere', () => ({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE }), '"endpointAccess" is public without CIDR blocks'],
  ['public access only', () => ({ endpointAccess: eks.EndpointAccess.PUBLIC }), 'eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom("203.0.113.0/24")'],
  ['a public CIDR without prefix', () => ({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.7') }), 'give "203.0.113.7/32"'],
  ['a private block for public access', () => ({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('10.1.0.0/16') }), 'never arrive'],
  ['an IPv6 block at an IPv4 endpoint', () => ({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('2001:db8::/32') }), 'no IPv6 address'],
  ['a public service CIDR', () => ({ serviceIpv4Cidr: '203.0.113.0/24' }), 'within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16'],
  ['a service CIDR that is too small', () => ({ serviceIpv4Cidr: '172.20.0.0/25' }), 'give a block from /12 to /24'],
  ['a service CIDR in the VPC', () => ({ serviceIpv4Cidr: '10.0.0.0/20' }), '"serviceIpv4Cidr" is "10.0.0.0/20", which overlaps with the VPC, "10.0.0.0/16"'],
  ['a service CIDR in a remote network', () => ({ serviceIpv4Cidr: '192.168.1.0/24', remoteNodeNetworks: [{ cidrs: ['192.168.0.0/16'] }] }),
    'overlaps with a remote network, "192.168.0.0/16"'],
  ['a remote network in the VPC', () => ({ remoteNodeNetworks: [{ cidrs: ['10.0.128.0/24'] }] }), '"remoteNodeNetworks" has "10.0.128.0/24", which overlaps'],
  ['a service CIDR with IPv6', () => ({ serviceIpv4Cidr: '172.20.0.0/16', ipFamily: eks.IpFamily.IP_V6 }), 'where EKS itself chooses'],
  ['a node port range upside down', () => ({ kubeApiServer: { serviceNodePortMin: 32000, serviceNodePortMax: 31000 } }), 'give a "serviceNodePortMax" of at least 32000'],
  ['half a node port range', () => ({ kubeApiServer: { serviceNodePortMin: 32000 } }), '"serviceNodePortMax" is missing: give both or none'],
  ['a port that is none', () => ({ kubeApiServer: { serviceNodePortMin: 30000, serviceNodePortMax: 70000 } }), '"serviceNodePortMax" is 70000'],
  ['events without a life', () => ({ kubeApiServer: { eventTtl: Duration.seconds(0) } }), '"eventTtl" is 0 seconds'],
  ['weights without scoring', () => ({ kubeScheduler: { resourceWeights: { cpu: 1 } } }), '"resourceWeights" is given but "nodeScoring" is not'],
  ['a weight out of range', () => ({ kubeScheduler: { nodeScoring: NodeScoring.LEAST_ALLOCATED, resourceWeights: { cpu: 101 } } }), '"resourceWeights.cpu" is 101'],
  ['a rollback that is too short', () => ({ rollbackTimeout: Duration.minutes(90) }), '"rollbackTimeout" is 90 minutes: give whole minutes from 120 to 10080'],
  ['Gateway API CRDs without Auto Mode', () => ({ gatewayApiCrds: true }), '"gatewayApiCrds" is true but "autoMode" is not given'],
  ['an add-on of its own on Auto Mode', () => ({ autoMode: {}, coreDns: { replicaCount: 3 } }), '"coreDns" is given together with "autoMode"'],
  ['an Auto Mode node role without pools', () => ({ autoMode: { nodePools: [], nodeRole: iam.Role.fromRoleName(stack, 'R', 'r') } }), '"autoMode.nodePools" is empty'],
  ['a CNI without its role', () => ({ podIdentityAgent: { enabled: false } }), 'give "vpcCni.identityType" eks.IdentityType.IRSA'],
  ['the same admin twice', () => {
    const role = iam.Role.fromRoleName(stack, 'Team', 'team');
    return { admins: [role, role] };
  }, '"admins" has Shop/Team twice'],
  ['two kubectl layers', () => ({ kubectlLayer: layerOf('1.36.3'), deliveryOptions: { kubectlLayer: layerOf('1.36.3') } }), 'both given'],
  ['a layer that is too old', () => ({ kubectlLayer: layerOf('1.34.1') }), '"kubectlLayer" is for Kubernetes 1.34 but "version" is 1.36: give KubectlV36Layer'],
  ['a layer that is too new', () => ({ kubectlLayer: layerOf('1.36.3'), version: eks.KubernetesVersion.V1_32 }), 'give KubectlV32Layer'],
  ['subnets in one zone', () => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
    return { vpc };
  }, '"vpcSubnets" selects 1 subnet in one zone: give some in at least two zones'],
];

let layers = 0;
function layerOf(kubectl: string) {
  return new lambda.LayerVersion(stack, `Layer${layers++}`, {
    code: lambda.Code.fromAsset(__dirname), description: `/opt/kubectl/kubectl ${kubectl}; /opt/helm/helm 4.2.3`,
  });
}

test.each(mistakes)('%s is refused, with what to do', (_, props, error) => {
  expect(() => make(props())).toThrow(error);
});

test('tokens and layers that do not say what they hold are let through', () => {
  expect(() => make({
    serviceIpv4Cidr: Fn.importValue('Services'),
    endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(Fn.importValue('Office')),
    kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-1:111122223333:layer:x:1'),
  })).not.toThrow();
});

test.each(['1.33', '1.35', '1.36'])('the layer for 1.36 serves Kubernetes %s', version => {
  expect(() => make({ kubectlLayer: layerOf('1.36.3'), version: eks.KubernetesVersion.of(version) })).not.toThrow();
});

describe('the calendar', () => {
  const warningsOn = (day: string, version: string, supportType = SupportType.STANDARD) => {
    warnAboutVersion(stack, version, supportType, day);
    return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(warning => String(warning.entry.data));
  };

  test('is silent while a version has standard support', () => {
    expect(warningsOn('2026-11-20', '1.36')).toEqual([]);
    expect(warningsOn('2027-08-02', '1.36')).toEqual([]);
  });

  test('warns with the date when standard support is over', () => {
    expect(warningsOn('2027-08-03', '1.36')).toEqual([expect.stringContaining('left standard support on 2027-08-02: EKS upgrades such clusters by itself')]);
  });

  test('names the end of what is paid for', () => {
    expect(warningsOn('2027-08-03', '1.36', SupportType.EXTENDED)).toEqual([expect.stringContaining('it costs more, until 2028-08-02')]);
  });

  test('warns when all support is over', () => {
    expect(warningsOn('2028-08-03', '1.36')).toEqual([expect.stringContaining('left all support on 2028-08-02')]);
  });

  test('says that a version is newer than the catalogue', () => {
    expect(warningsOn('2026-11-20', '1.99')).toEqual([expect.stringContaining('newer than what was known on')]);
  });

  test('lists versions without a gap, oldest first, with a year between the two ends', () => {
    expect(KUBERNETES_VERSIONS.map(({ version }) => Number(version.split('.')[1]))).toEqual(
      KUBERNETES_VERSIONS.map((_, index) => Number(KUBERNETES_VERSIONS[0].version.split('.')[1]) + index));
    for (const { endOfStandardSupport: standard, endOfExtendedSupport: extended } of KUBERNETES_VERSIONS.filter(known => known.certainty === 'read')) {
      expect(extended).toBe(`${Number(standard!.slice(0, 4)) + 1}${standard!.slice(4)}`);
    }
  });
});
