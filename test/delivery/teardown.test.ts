import { App, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as cdk8s from 'cdk8s';
import { AwsLoadBalancerController } from '../../src/addons/aws-load-balancer-controller';
import { EbsCsiDriver } from '../../src/addons/ebs-csi-driver';
import { Karpenter } from '../../src/addons/karpenter';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { PlatformClusterProps } from '../../src/cluster/platform-cluster-props';
import { AttachedChart } from '../../src/delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../../src/delivery/bootstrap';
import { Teardown } from '../../src/delivery/teardown';
import { TeardownDisruptionBudgets, TeardownOptions, TeardownVolumes } from '../../src/delivery/teardown-options';
import { ServiceAccountRole } from '../../src/identity/service-account-role';
import { dependencies, findCycle } from '../../src/private/template-graph';
import { importedCluster, newCluster } from '../clusters';

function newPlatform(props: Partial<PlatformClusterProps> = {}) {
  const stack = new Stack(new App(), 'Shop');
  const kubectlLayer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:eu-central-1:111122223333:layer:kubectl:1');
  return { stack, cluster: new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, clusterName: 'shop', kubectlLayer, ...props }) };
}

/** As in the README: nodes, Karpenter with a pool, the load balancer controller, volumes, an application; with dependencies as users write them. */
function wholePlatform(props: Partial<PlatformClusterProps> = {}) {
  const { stack, cluster } = newPlatform(props);
  if (!props.autoMode) {
    cluster.addManagedNodeGroup('System', { instanceTypes: [new ec2.InstanceType('m7g.large')] });
    cluster.addFargateProfile('Batch', { selectors: [{ namespace: 'batch' }] });
  }
  new Karpenter(stack, 'Karpenter', { cluster }).addNodePool('General');
  new AwsLoadBalancerController(stack, 'LoadBalancing', { cluster });
  new EbsCsiDriver(stack, 'Ebs', { cluster });
  const orders = new ServiceAccountRole(stack, 'Orders', { cluster, namespace: 'shop', serviceAccount: 'orders' });
  const queue = new sqs.Queue(stack, 'Queue');
  queue.grantSendMessages(orders);
  queue.node.addDependency(cluster);
  const chart = new cdk8s.Chart(new cdk8s.App(), 'shop');
  new cdk8s.ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  const application = cluster.addChart('Shop', chart);
  application.node.addDependency(cluster, orders, queue);
  const last = new CfnResource(stack, 'Last', { type: 'Custom::Last' });
  last.node.addDependency(application, cluster);
  return { stack, cluster };
}

class Deployed {
  readonly template: Template;
  readonly resources: Record<string, any>;
  private readonly graph: Map<string, Set<string>>;

  constructor(stack: Stack) {
    this.template = Template.fromStack(stack);
    this.resources = this.template.toJSON().Resources;
    this.graph = dependencies(this.template.toJSON());
  }

  get cycle() {
    return findCycle(this.graph);
  }

  ids(type: RegExp, id = /./): string[] {
    return Object.keys(this.resources).filter(name => type.test(this.resources[name].Type) && id.test(name));
  }

  get drain() {
    return this.ids(/^Custom::EKSSlipway-Drain$/)[0];
  }

  get sweep() {
    return this.ids(/^Custom::EKSSlipway-Sweep$/)[0];
  }

  /** Everything that comes up before a resource, and so goes after it. */
  before(id: string, seen = new Set<string>()): Set<string> {
    for (const next of this.graph.get(id)!) {
      if (!seen.has(next)) {
        seen.add(next);
        this.before(next, seen);
      }
    }
    return seen;
  }
}

describe.each<[string, Partial<PlatformClusterProps>]>([['nodes of its own', {}], ['Auto Mode', { autoMode: {} }]])('the order of a platform with %s', (_, props) => {
  let deployed: Deployed;
  beforeAll(() => { deployed = new Deployed(wholePlatform(props).stack); });

  test('has no cycle, also with dependencies on the cluster', () => {
    expect(deployed.cycle).toBeUndefined();
  });

  test('the drain goes before nodes, add-ons and controllers, before their roles, policies and associations, and before the way out', () => {
    const after = deployed.before(deployed.drain);
    const expected = [
      ...deployed.ids(/^AWS::EKS::(Cluster|Nodegroup|FargateProfile|Addon)$/),
      ...deployed.ids(/^Custom::EKSSlipway-(HelmRelease|Sweep)$/),
      ...deployed.ids(/^Custom::EKSSlipway-Chart$/, /^Karpenter/),
      ...deployed.ids(/^AWS::EKS::(PodIdentityAssociation|AccessEntry)$/, /^(Karpenter|LoadBalancing|ClusterDelivery)/),
      ...deployed.ids(/^AWS::IAM::(Role|Policy)$/, /^(Karpenter|LoadBalancing|Ebs|ClusterDelivery|ClusterTeardown|ClusterVpcCni)/),
      ...deployed.ids(/^AWS::EC2::(NatGateway|Route|SubnetRouteTableAssociation|VPCGatewayAttachment)$/),
      ...deployed.ids(/^AWS::Lambda::Function$/),
    ];
    expect(expected.length).toBeGreaterThan(25);
    expect(expected.filter(id => !after.has(id))).toEqual([]);
  });

  test('the sweep goes after nodes and controllers, and before the cluster, the delivery and the way out', () => {
    for (const id of [...deployed.ids(/^AWS::EKS::(Nodegroup|FargateProfile)$/), ...deployed.ids(/^Custom::EKSSlipway-(HelmRelease|Drain)$/)]) {
      expect(deployed.before(id)).toContain(deployed.sweep);
    }
    const after = deployed.before(deployed.sweep);
    for (const id of [
      ...deployed.ids(/^AWS::EKS::Cluster$/), ...deployed.ids(/^AWS::Lambda::Function$/), ...deployed.ids(/^AWS::IAM::Policy$/, /^ClusterTeardown/),
      ...deployed.ids(/^AWS::EC2::(VPC|NatGateway|SubnetRouteTableAssociation|VPCGatewayAttachment)$/), ...deployed.ids(/^AWS::EKS::AccessEntry$/, /^ClusterDelivery/),
    ]) {
      expect(after).toContain(id);
    }
    expect(deployed.ids(/^AWS::EKS::(Nodegroup|FargateProfile)$/).filter(id => after.has(id))).toEqual([]);
  });

  test('nothing but the drain and what stands on the floors waits for the drain', () => {
    expect(Object.keys(deployed.resources).filter(id => deployed.before(id).has(deployed.drain))).toEqual([]);
  });
});

test('on a cluster without anything in it the drain goes before the sweep', () => {
  const deployed = new Deployed(newPlatform({ autoMode: {} }).stack);
  expect(deployed.before(deployed.drain)).toContain(deployed.sweep);
});

test('controllers that users add to a floor are waited for, also later ones', () => {
  const { stack, cluster } = newPlatform();
  const controller = new CfnResource(stack, 'Controller', { type: 'Custom::Controller' });
  controller.node.addDependency(cluster);
  Bootstrap.of(cluster).add(BootstrapStage.CONTROLLERS, controller);
  const deployed = new Deployed(stack);
  expect(deployed.before(deployed.drain)).toContain('Controller');
  expect(deployed.cycle).toBeUndefined();
});

test('a teardown adds two custom resources and a policy', () => {
  const types = (props: Partial<PlatformClusterProps>) => Object.values(new Deployed(newPlatform(props).stack).resources).map(({ Type }) => Type);
  const without = types({ teardown: { enabled: false } });
  expect(types({}).sort()).toEqual([...without, 'AWS::IAM::Policy', 'Custom::EKSSlipway-Drain', 'Custom::EKSSlipway-Sweep'].sort());
});

describe('what the function is told', () => {
  const told = (teardown?: TeardownOptions, props: Partial<PlatformClusterProps> = {}) => {
    const { resources, drain, sweep } = new Deployed(newPlatform({ teardown, ...props }).stack);
    const own = (id: string) => {
      const { ServiceToken, ClusterName, ...rest } = resources[id].Properties;
      return rest;
    };
    return { drain: own(drain), sweep: own(sweep) };
  };

  test('by default: nothing, which means volumes stay, budgets are respected, 50 minutes', () => {
    expect(told()).toEqual({ drain: {}, sweep: {} });
  });

  test('the options', () => {
    const disruptionBudgets = TeardownDisruptionBudgets.ignoreAfter(Duration.minutes(10));
    const options = { volumes: TeardownVolumes.DELETE, disruptionBudgets, timeout: Duration.minutes(30) };
    expect(told(options)).toEqual({
      drain: { Volumes: 'Delete', Timeout: '1800', IgnoreBudgetsAfter: '600' },
      sweep: { Volumes: 'Delete', Timeout: '1800' },
    });
    expect(told({ disruptionBudgets: TeardownDisruptionBudgets.respect() }).drain).toEqual({});
  });

  test.each([[RemovalPolicy.RETAIN, 'Retain'], [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'], [RemovalPolicy.DESTROY, undefined]])(
    'that the cluster is kept, if it is (%s)', (removalPolicy, expected) => {
      const { drain, sweep } = told(undefined, { removalPolicy });
      expect([drain.DeletionPolicy, sweep.DeletionPolicy]).toEqual([expected, expected]);
    });

  test('that the cluster is kept, if it is said after all', () => {
    const { stack, cluster } = newPlatform();
    (cluster.node.defaultChild as CfnResource).applyRemovalPolicy(RemovalPolicy.RETAIN);
    new Deployed(stack).template.hasResourceProperties('Custom::EKSSlipway-Drain', { DeletionPolicy: 'Retain' });
  });

  test('nothing that cannot be', () => {
    expect(() => told({ timeout: Duration.minutes(56) })).toThrow('"timeout" is 3360 seconds: give whole seconds from 60 to 3300');
    expect(() => told({ timeout: Duration.seconds(59) })).toThrow('"timeout" is 59 seconds');
    expect(() => TeardownDisruptionBudgets.ignoreAfter(Duration.hours(1))).toThrow('"ignoreAfter" is 3600 seconds: give whole seconds from 0 to 3300');
  });
});

test('the function may remove only what carries the tags of this cluster, and ask about its own stack only', () => {
  const deployed = new Deployed(newPlatform().stack);
  const [policy] = deployed.ids(/^AWS::IAM::Policy$/, /^ClusterTeardown/);
  const statements: any[] = deployed.resources[policy].Properties.PolicyDocument.Statement;
  const changing = statements.filter(({ Action }) => [Action].flat().some(action => /:(Delete|Terminate|Revoke|Remove)/.test(action)));
  expect(changing).toHaveLength(6);
  for (const { Condition, Resource } of changing) {
    expect(JSON.stringify(Resource)).not.toContain('"*"');
    expect([
      { 'aws:ResourceTag/kubernetes.io/cluster/shop': 'owned' },
      { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'shop' },
      { 'aws:ResourceTag/cluster.k8s.amazonaws.com/name': 'shop' },
    ]).toContainEqual(Condition.StringEquals);
  }
  expect(statements).toContainEqual({ Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } });
  const [handler] = deployed.ids(/^AWS::Lambda::Function$/);
  expect(statements).toContainEqual({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [handler, 'Arn'] } });
});

describe('what a destroy leaves behind', () => {
  test('is told at synth, with its reasons, in words and as data', () => {
    const { stack, cluster } = newPlatform();
    new kms.Key(stack, 'Key');
    new kms.Key(stack, 'Other', { removalPolicy: RemovalPolicy.DESTROY });
    new kms.Key(new Stack(stack, 'Unrelated'), 'Key');
    const teardown = cluster.node.findChild('Teardown');
    Annotations.fromStack(stack).hasInfo(`/${teardown.node.path}`, 'A destroy of this stack leaves behind: Shop/Key (retained by its removal policy); '
      + 'Shop/Other (KMS deletes a key only after its waiting period); volumes of PersistentVolumeClaims ("volumes" of the teardown is RETAIN)');
    expect(teardown.node.metadata.filter(({ type }) => type === 'eks-slipway:left-behind').map(({ data }) => data)).toEqual([[
      { what: 'Shop/Key', type: 'AWS::KMS::Key', why: 'retained by its removal policy' },
      { what: 'Shop/Other', type: 'AWS::KMS::Key', why: 'KMS deletes a key only after its waiting period' },
      { what: 'volumes of PersistentVolumeClaims', why: '"volumes" of the teardown is RETAIN' },
    ]]);
  });

  test('takes in what an aspect or a later line retains', () => {
    const { stack, cluster } = newPlatform({ logRemovalPolicy: RemovalPolicy.RETAIN, teardown: { volumes: TeardownVolumes.DELETE } });
    Annotations.fromStack(stack).hasInfo(`/${cluster.node.path}/Teardown`, Match.stringLikeRegexp('Shop/Cluster/ControlPlaneLogs \\(retained.*; snapshots of volumes'));
  });
});

describe('a teardown of one\'s own', () => {
  test('goes with a stock cluster', () => {
    const stack = new Stack(new App(), 'Shop');
    const cluster = newCluster(stack);
    new Teardown(stack, 'Teardown', { cluster });
    cluster.addNodegroupCapacity('Nodes', {});
    expect(new Deployed(stack).cycle).toBeUndefined();
  });

  test('is refused where the cluster is not of the same stack', () => {
    const app = new App();
    const cluster = newCluster(new Stack(app, 'Other'));
    expect(() => new Teardown(new Stack(app, 'Shop'), 'Teardown', { cluster })).toThrow('"cluster" is Other/Cluster, which is not made in stack Shop');
    const stack = new Stack(app, 'Imported');
    expect(() => new Teardown(stack, 'Teardown', { cluster: importedCluster(stack) as eks.Cluster })).toThrow('is not made in stack Imported');
  });

  test('does not reach a chart of another stack', () => {
    const { stack, cluster } = newPlatform();
    const other = new Stack(stack.node.root as App, 'Other');
    const chart = new cdk8s.Chart(new cdk8s.App(), 'shop');
    new cdk8s.ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
    new AttachedChart(other, 'Chart', { cluster, chart });
    new iam.Role(other, 'Role', { assumedBy: new iam.AccountRootPrincipal() }).node.addDependency(cluster);
    expect(new Deployed(stack).cycle).toBeUndefined();
    expect(stack.dependencies).toEqual([]);
  });
});
