import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { inlinePolicies, newStack, permissions, referenceYaml, releaseValues, withHelm } from './fixtures';
import { ClusterAutoscaler } from '../../src/addons/cluster-autoscaler';
import { ClusterAutoscalerExpander as Expander, ClusterAutoscalerOptions } from '../../src/addons/cluster-autoscaler-options';
import { Karpenter } from '../../src/addons/karpenter';
import { CLUSTER_AUTOSCALER } from '../../src/catalogue/charts';
import { CLUSTER_AUTOSCALER_IMAGES } from '../../src/catalogue/cluster-autoscaler-images';
import { ManagedNodeGroup } from '../../src/nodes/managed-node-group';
import { SelfManagedNodeGroup } from '../../src/nodes/self-managed-node-group';
import { importedCluster, newCluster } from '../clusters';
import { describeWithReference } from '../reference';

let stack = newStack();
let cluster: eks.Cluster;
beforeEach(() => {
  stack = newStack();
  cluster = withHelm(newCluster(stack));
});

const add = (options: ClusterAutoscalerOptions = {}, id = 'Autoscaler') => new ClusterAutoscaler(stack, id, { cluster, ...options });
const values = () => releaseValues(Template.fromStack(stack), 'cluster-autoscaler');
const instanceTypes = [new ec2.InstanceType('m7i.large')];

describe('the program\'s version', () => {
  test('goes by the cluster\'s', () => {
    add();
    expect(values().image.tag).toBe(CLUSTER_AUTOSCALER_IMAGES['1.34']);
  });

  test('is known for every Kubernetes version that the chart is for, and of that version', () => {
    const minor = (version: string) => Number(version.split('.')[1]);
    const { oldest, newest } = CLUSTER_AUTOSCALER.kubernetes;
    const versions = Array.from({ length: minor(newest!) - minor(oldest) + 1 }, (_, index) => `1.${minor(oldest) + index}`);
    expect(Object.keys(CLUSTER_AUTOSCALER_IMAGES)).toEqual(versions);
    versions.forEach(version => expect(CLUSTER_AUTOSCALER_IMAGES[version]).toMatch(new RegExp(`^v${version}\\.\\d+$`)));
  });

  test('is the newest, with a warning, where the cluster\'s is not known, and can be said there', () => {
    stack = newStack();
    new ClusterAutoscaler(stack, 'Autoscaler', { cluster: withHelm(importedCluster(stack)) });
    expect(values().image.tag).toBe(CLUSTER_AUTOSCALER_IMAGES['1.36']);
    Annotations.fromStack(stack).hasWarning('/Stack/Autoscaler', Match.stringLikeRegexp('give it as "kubernetesVersion"'));

    stack = newStack();
    new ClusterAutoscaler(stack, 'Autoscaler', { cluster: withHelm(importedCluster(stack)), kubernetesVersion: eks.KubernetesVersion.V1_33 });
    expect(values().image.tag).toBe(CLUSTER_AUTOSCALER_IMAGES['1.33']);
    Annotations.fromStack(stack).hasNoWarning('/Stack/Autoscaler', Match.anyValue());
  });

  test('newer than any known is refused', () => {
    stack = newStack();
    cluster = withHelm(newCluster(stack, 'Newer', eks.KubernetesVersion.of('1.37')));
    expect(() => add()).toThrow('chart "cluster-autoscaler" 9.59.0 works with Kubernetes 1.31 to 1.36');
  });
});

describe('what it chooses by', () => {
  test('is least waste, or priorities first where there are some', () => {
    add();
    expect(values().extraArgs.expander).toBe('least-waste');
    expect(values().expanderPriorities).toBeUndefined();
  });

  test('priorities hold names of groups that are known only when they are deployed', () => {
    const nodes = new SelfManagedNodeGroup(stack, 'Nodes', { cluster, instanceTypes, serviceCidr: '10.100.0.0/16', autoscaled: true });
    add({ priorities: [{ priority: 50, groups: ['.*spot.*'] }, { priority: 10, groups: [nodes.autoScalingGroupName] }] });
    expect(values()).toMatchObject({
      extraArgs: { expander: 'priority,least-waste' },
      expanderPriorities: { 10: [expect.stringMatching(/^\$\{Nodes/)], 50: ['.*spot.*'] },
    });
  });

  test.each([
    [{ expanders: [Expander.PRIORITY] }, '"expanders" is priority and "priorities" has 0 entries'],
    [{ expanders: [Expander.RANDOM], priorities: [{ priority: 1, groups: ['a'] }] }, '"expanders" is random and "priorities" has 1 entries'],
    [{ priorities: [{ priority: 0, groups: ['a'] }] }, '"priorities[0].priority" is 0'],
    [{ priorities: [{ priority: 1, groups: ['a'] }, { priority: 1, groups: ['b'] }] }, '"priorities" has 1 twice'],
  ])('what cannot be is refused: %#', (options: ClusterAutoscalerOptions, message) => {
    expect(() => add(options)).toThrow(message);
  });
});

describe('what does not go together', () => {
  const warnings = () => Annotations.fromStack(stack).findWarning('/Stack/Autoscaler', Match.anyValue()).map(({ entry }) => entry.data as string);

  test('a second one in the same cluster', () => {
    add();
    add({}, 'Second');
    expect(() => Template.fromStack(stack)).toThrow('"cluster" is Stack/Cluster, where Stack/Autoscaler installs ClusterAutoscaler already');
  });

  test('but one in another cluster of the app does', () => {
    add();
    const other = new Stack(stack.node.root as App, 'Other');
    new ClusterAutoscaler(other, 'Autoscaler', { cluster: withHelm(newCluster(other)) });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('Karpenter in the same cluster, whatever it is called', () => {
    add();
    new Karpenter(stack, 'Machines', { cluster });
    expect(warnings()).toEqual([expect.stringContaining('Karpenter (Stack/Machines) launches nodes for pending pods too')]);
  });

  test('Auto Mode', () => {
    (cluster.node.defaultChild as any).computeConfig = { enabled: true };
    add();
    expect(warnings()).toEqual([expect.stringContaining('Auto Mode (Stack/Cluster) launches nodes')]);
  });

  test('a node group whose number of nodes the template says too', () => {
    add();
    new ManagedNodeGroup(stack, 'Fixed', { cluster, instanceTypes, minSize: 1, maxSize: 4 });
    new ManagedNodeGroup(stack, 'Autoscaled', { cluster, instanceTypes, minSize: 1, maxSize: 4, autoscaled: true });
    new ManagedNodeGroup(stack, 'Constant', { cluster, instanceTypes, minSize: 2, maxSize: 2 });
    expect(warnings()).toEqual([expect.stringMatching(/sets the number of nodes of Stack\/Fixed, which/)]);
  });
});

describeWithReference('compared with the project', dir => {
  const upstream = () => permissions(referenceYaml(dir, 'iam/cluster-autoscaler-1.36.1/full.json'));

  test('it may do what the project asks for; changes only in groups with the tag of this cluster, and reads only this cluster\'s node groups', () => {
    add();
    const own = permissions(inlinePolicies(Template.fromStack(stack), 'AutoscalerIdentityRole').Autoscaling);
    const tagged = 'if {"StringEquals":{"aws:ResourceTag/k8s.io/cluster-autoscaler/Stack-Cluster":"owned"}}';
    const groups = 'arn:${AWS::Partition}:autoscaling:${AWS::Region}:${AWS::AccountId}:autoScalingGroup:*:autoScalingGroupName/*';
    const scoped: Record<string, string> = {
      'Allow eks:DescribeNodegroup on * if {}':
        'Allow eks:DescribeNodegroup on arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:nodegroup/Stack-Cluster/*/* if {}',
      'Allow autoscaling:SetDesiredCapacity on * if {}': `Allow autoscaling:SetDesiredCapacity on ${groups} ${tagged}`,
      'Allow autoscaling:TerminateInstanceInAutoScalingGroup on * if {}': `Allow autoscaling:TerminateInstanceInAutoScalingGroup on ${groups} ${tagged}`,
    };
    expect(own).toEqual(upstream().map(permission => scoped[permission] ?? permission).sort());
  });
});
