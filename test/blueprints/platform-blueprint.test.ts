import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { PlatformBlueprint, PlatformBlueprintProps } from '../../src/blueprints/platform-blueprint';
import { PlatformSize } from '../../src/blueprints/platform-size';
import { dependencies, findCycle, levels } from '../../src/private/template-graph';

const LAYER = 'arn:aws:lambda:eu-west-1:111122223333:layer:kubectl:1';
const ADMIN = 'arn:aws:iam::111122223333:role/PlatformAdmins';

function blueprint(props: PlatformBlueprintProps = {}): PlatformBlueprint {
  return new PlatformBlueprint(new App(), 'Platform', { kubectlLayerArn: props.autoMode ? undefined : LAYER, adminRoleArns: [ADMIN], ...props });
}

const template = (props?: PlatformBlueprintProps) => Template.fromStack(blueprint(props));

function of(source: Template, type: string): any[] {
  return Object.values(source.findResources(type)).map(({ Properties }) => Properties);
}

/** The objects that are delivered, by kind. */
function objects(source: Template): Record<string, any> {
  const charts = of(source, 'Custom::EKSSlipway-Chart').flatMap(({ Content }) => JSON.parse(Content.Parts.join('VALUE')));
  return Object.fromEntries(charts.map(object => [object.kind, object]));
}

const addons = (source: Template) => of(source, 'AWS::EKS::Addon').map(({ AddonName }) => AddonName).sort();
const releases = (source: Template) => of(source, 'Custom::EKSSlipway-HelmRelease').map(({ Chart }) => Chart).sort();

const SHAPES: [title: string, props: PlatformBlueprintProps][] = [
  ['as it comes', {}],
  ['for trying out', { production: false, size: PlatformSize.SMALL, zones: 2, sample: false }],
  ['with everything', {
    size: PlatformSize.LARGE, applicationSignals: true, domain: 'shop.example.com', internetCidrs: ['0.0.0.0/0'], endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24'),
  }],
  ['on Auto Mode', { autoMode: true }],
];

afterEach(() => jest.useRealTimers());

describe.each(SHAPES)('the blueprint %s', (_, props) => {
  const rendered = template(props);
  const text = JSON.stringify(rendered.toJSON());

  test('can be created: no resource waits for itself', () => {
    expect(findCycle(dependencies(rendered.toJSON()))).toBeUndefined();
  });

  test('stays within 105 resources, 70 KB, 12 custom resources and one Lambda function', () => {
    const types = Object.values<any>(rendered.toJSON().Resources).map(({ Type }) => Type);
    expect(types.length).toBeLessThanOrEqual(105);
    expect(text.length).toBeLessThan(70 * 1024);
    expect(types.filter(type => type.startsWith('Custom::')).length).toBeLessThanOrEqual(12);
    expect(types.filter(type => type === 'AWS::Lambda::Function')).toHaveLength(1);
  });

  test('fits every account, region and partition: it names none but those that were given', () => {
    const own = text.replaceAll(LAYER, '').replaceAll(ADMIN, '');
    expect(own).not.toContain('arn:aws:');
    expect(own.match(/\b\d{12}\b/g)).toBeNull();
    expect(own.match(/\b(af|ap|ca|cn|eu|il|me|mx|sa|us)-(gov-|iso\w?-)?(central|east|north|northeast|northwest|south|southeast|southwest|west)-\d\b/g)).toBeNull();
  });

  test('is the same, byte for byte, when it is synthesized again', () => {
    expect(JSON.stringify(template(props).toJSON())).toBe(text);
  });

  test('gives no warning', () => {
    jest.useFakeTimers({ now: Date.parse('2026-11-21') }); // versions age
    expect(Annotations.fromStack(blueprint(props)).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

test('as it comes it has a network over three zones, a private and protected cluster, system nodes and all the add-ons', () => {
  const source = template();
  source.resourceCountIs('AWS::EC2::Subnet', 6);
  source.resourceCountIs('AWS::EC2::NatGateway', 3);
  source.resourceCountIs('AWS::EC2::FlowLog', 1);
  source.hasResourceProperties('AWS::EKS::Cluster', {
    Name: 'Platform-Cluster',
    Version: '1.36',
    DeletionProtection: true,
    ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
  });
  source.hasResourceProperties('AWS::EKS::Nodegroup', { InstanceTypes: ['m7i.large'], ScalingConfig: { MinSize: 2, MaxSize: 4 } });
  expect(addons(source)).toEqual([
    'amazon-cloudwatch-observability', 'aws-ebs-csi-driver', 'coredns', 'eks-node-monitoring-agent', 'eks-pod-identity-agent', 'kube-proxy', 'metrics-server', 'vpc-cni',
  ]);
  expect(releases(source)).toEqual(['aws-load-balancer-controller', 'karpenter', 'karpenter-crd']);
  expect(objects(source).NodePool.spec.limits).toEqual({ cpu: '64', memory: '256Gi' });
});

test('the network policies of the sample are enforced', () => {
  const [cni] = of(template(), 'AWS::EKS::Addon').filter(({ AddonName }) => AddonName === 'vpc-cni');
  expect(JSON.parse(cni.ConfigurationValues)).toMatchObject({ enableNetworkPolicy: 'true' });
  expect(objects(template()).NetworkPolicy.spec.policyTypes).toEqual(['Ingress', 'Egress']);
});

test('it comes up in the order of a platform, the sample last', () => {
  const { Resources: resources } = template().toJSON();
  const [cluster] = Object.keys(resources).filter(id => resources[id].Type === 'AWS::EKS::Cluster');
  const steps = levels(dependencies({ Resources: resources }), Object.keys(resources).filter(id => /^AWS::EKS::(Cluster|Nodegroup|Addon)$|^Custom::/.test(resources[id].Type)));
  expect(steps[0]).toEqual([cluster]);
  expect(steps[1]).toEqual(expect.arrayContaining([expect.stringContaining('VpcCni'), expect.stringContaining('KubeProxy'), expect.stringContaining('PodIdentityAgent')]));
  expect(steps[2]).toEqual([expect.stringContaining('System')]);
  expect(steps[3]).toContainEqual(expect.stringContaining('CoreDns'));
  expect(steps[4]).toContainEqual(expect.stringContaining('LoadBalancing'));
  expect(steps.at(-1)).toEqual([expect.stringMatching(/TeardownDrain/), expect.stringContaining('Sample')]);
});

test('when it is not for production it can be deleted, and has one NAT gateway', () => {
  const source = template({ production: false });
  source.resourceCountIs('AWS::EC2::NatGateway', 1);
  expect(of(source, 'AWS::EKS::Cluster')[0].DeletionProtection).toBeFalsy();
});

test.each([2, 3])('it spreads over %i zones, each with a way out', zones => {
  const source = template({ zones });
  source.resourceCountIs('AWS::EC2::Subnet', 2 * zones);
  source.resourceCountIs('AWS::EC2::NatGateway', zones);
  expect(new Set(of(source, 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => JSON.stringify(AvailabilityZone))).size).toBe(zones);
});

test('one zone is refused, as EKS would', () => {
  expect(() => blueprint({ zones: 1 })).toThrow(/"zones" is 1/);
});

test.each([
  ['SMALL', PlatformSize.SMALL, 'm7i.large', 2, 4, { cpu: '64', memory: '256Gi' }],
  ['MEDIUM', PlatformSize.MEDIUM, 'm7i.xlarge', 2, 6, { cpu: '400', memory: '1600Gi' }],
  ['LARGE', PlatformSize.LARGE, 'm7i.2xlarge', 3, 9, { cpu: '2000', memory: '8000Gi' }],
])('size %s says how many system nodes there are, and how far Karpenter may go', (_, size, type, min, max, limits) => {
  const source = template({ size });
  source.hasResourceProperties('AWS::EKS::Nodegroup', { InstanceTypes: [type], ScalingConfig: { MinSize: min, MaxSize: max } });
  expect(objects(source).NodePool.spec.limits).toEqual(limits);
});

describe('on Auto Mode', () => {
  const source = template({ autoMode: true });

  test('nothing is installed that AWS runs itself', () => {
    expect(of(source, 'AWS::EKS::Cluster')[0]).toMatchObject({
      ComputeConfig: { Enabled: true, NodePools: ['system', 'general-purpose'] },
      KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: true } },
      StorageConfig: { BlockStorage: { Enabled: true } },
    });
    source.resourceCountIs('AWS::EKS::Nodegroup', 0);
    expect(addons(source)).toEqual(['amazon-cloudwatch-observability', 'metrics-server']);
    source.resourceCountIs('AWS::SQS::Queue', 0);
    expect(blueprint({ autoMode: true }).karpenter).toBeUndefined();
  });

  test('there is no Helm chart, so no layer is asked for', () => {
    expect(releases(source)).toEqual([]);
    source.resourceCountIs('AWS::Lambda::LayerVersion', 0);
    expect(of(source, 'AWS::Lambda::Function')[0].Layers).toBeUndefined();
  });

  test('the ingress of the sample finds a class that leads to the controller of Auto Mode, and waits for it', () => {
    const { IngressClass, Ingress } = objects(source);
    expect(IngressClass.spec.controller).toBe('eks.amazonaws.com/alb');
    expect(Ingress.spec.ingressClassName).toBe(IngressClass.metadata.name);
    const charts = source.findResources('Custom::EKSSlipway-Chart');
    const [classes] = Object.keys(charts).filter(id => id.includes('IngressClass'));
    const [sample] = Object.keys(charts).filter(id => id.includes('Sample'));
    expect(charts[sample].DependsOn).toContain(classes);
  });

  test('without a sample nothing is delivered', () => {
    template({ autoMode: true, sample: false }).resourceCountIs('Custom::EKSSlipway-Chart', 0);
  });
});

describe('the layer with helm', () => {
  test('is asked for, with what to write, when there is none', () => {
    const app = new App();
    new PlatformBlueprint(app, 'Platform');
    expect(() => app.synth()).toThrow(
      /"kubectlLayer" is missing on Platform\/Cluster: Platform\/LoadBalancing\/Release and 2 more install Helm charts.*useKubectlLayer.*new KubectlV36Layer/,
    );
  });

  test('may be one of the stack itself, given afterwards', () => {
    const platform = blueprint({ kubectlLayerArn: undefined });
    platform.cluster.useKubectlLayer(new KubectlV36Layer(platform, 'Kubectl'));
    expect(of(Template.fromStack(platform), 'AWS::Lambda::Function')[0].Layers).toEqual([{ Ref: expect.stringContaining('Kubectl') }]);
  });
});

test('administrators are those who were named', () => {
  const principals = (props: PlatformBlueprintProps) => of(template(props), 'AWS::EKS::AccessEntry')
    .filter(({ AccessPolicies = [] }) => JSON.stringify(AccessPolicies).includes('AmazonEKSClusterAdminPolicy'))
    .map(({ PrincipalArn }) => typeof PrincipalArn === 'string' ? PrincipalArn : 'the delivery function').sort();
  expect(principals({})).toEqual([ADMIN, 'the delivery function']);
  expect(principals({ adminRoleArns: [] })).toEqual(['the delivery function']);
});

test('without administrators there is a warning', () => {
  Annotations.fromStack(blueprint({ adminRoleArns: undefined })).hasWarning('/Platform/Cluster', Match.stringLikeRegexp('Nobody gets into this cluster'));
});

describe('the sample', () => {
  test('can be left out', () => {
    expect(Object.keys(objects(template({ sample: false }))).sort()).toEqual(['EC2NodeClass', 'NodePool', 'StorageClass']);
  });

  test('is reached from within the VPC only, unless somebody says more', () => {
    const { Ingress } = objects(template());
    expect(Ingress.metadata.annotations['alb.ingress.kubernetes.io/scheme']).toBe('internal');
    expect(Ingress.spec.rules[0].host).toBeUndefined();
  });

  test('has the namespace, host, certificate and visitors that a team chose', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/a';
    const { Ingress, Namespace } = objects(template({ sampleNamespace: 'shop', domain: 'shop.example.com', certificateArn, internetCidrs: ['203.0.113.0/24'] }));
    expect(Namespace.metadata.name).toBe('shop');
    expect(Ingress.metadata).toMatchObject({
      namespace: 'shop',
      annotations: {
        'alb.ingress.kubernetes.io/scheme': 'internet-facing',
        'alb.ingress.kubernetes.io/inbound-cidrs': '203.0.113.0/24',
        'alb.ingress.kubernetes.io/certificate-arn': certificateArn,
      },
    });
    expect(Ingress.spec.rules[0].host).toBe('shop.example.com');
  });
});

test('a public endpoint is open to the CIDRs that were given', () => {
  template({ endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') }).hasResourceProperties('AWS::EKS::Cluster', {
    ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24'] },
  });
});
