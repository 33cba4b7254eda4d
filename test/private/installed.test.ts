import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { installed, markInstalled, resourcesOf } from '../../src/private/installed';

const app = new App();
const imported = (stack: Stack, id: string, clusterName = 'existing') => eks.Cluster.fromClusterAttributes(stack, id, { clusterName });
const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
const elsewhere = new Stack(app, 'Elsewhere', { env: { account: '111111111111', region: 'eu-west-2' } });
const cluster = imported(stack, 'Cluster');

test('what is installed is found by what it is, in whatever stack and under whatever name', () => {
  const part = new Construct(new Stack(app, 'Other'), 'Anything');
  markInstalled(part, cluster, 'Karpenter');
  expect(installed(cluster, 'Karpenter')).toEqual([part]);
  expect(installed(cluster, 'FluentBit')).toEqual([]);
});

test('a cluster that is imported twice is one; clusters of one name in two regions are two', () => {
  const part = new Construct(stack, 'Part');
  markInstalled(part, imported(stack, 'Again'), 'FluentBit');
  expect(installed(cluster, 'FluentBit')).toEqual([part]);
  expect(installed(imported(stack, 'Another', 'another'), 'FluentBit')).toEqual([]);
  expect(installed(imported(elsewhere, 'Cluster'), 'FluentBit')).toEqual([]);
});

test('resources of a cluster are found by their type, whoever made them', () => {
  class Nodegroup extends CfnResource {
    public readonly clusterName = cluster.clusterName;
  }
  const nodes = new Nodegroup(stack, 'Nodes', { type: 'AWS::EKS::Nodegroup' });
  new Nodegroup(stack, 'Addon', { type: 'AWS::EKS::Addon' });
  expect(resourcesOf(cluster, 'AWS::EKS::Nodegroup')).toEqual([nodes]);
  expect(resourcesOf(imported(stack, 'Third', 'third'), 'AWS::EKS::Nodegroup')).toEqual([]);
});
