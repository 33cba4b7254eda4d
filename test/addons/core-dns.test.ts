import { Template } from 'aws-cdk-lib/assertions';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { addonConfiguration, newStack } from './fixtures';
import { CoreDns, CoreDnsOptions } from '../../src/addons/core-dns';
import { KubeProxy, KubeProxyMode } from '../../src/addons/kube-proxy';
import { Bootstrap, BootstrapStage } from '../../src/delivery/bootstrap';
import { newCluster } from '../clusters';

const configurationOf = (options: CoreDnsOptions) => {
  const stack = newStack();
  new CoreDns(stack, 'Dns', { cluster: newCluster(stack), ...options });
  return addonConfiguration(Template.fromStack(stack), 'coredns');
};

test('it is installed when there are nodes to run it', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const nodes = new CfnNodegroup(stack, 'Nodes', { clusterName: cluster.clusterName, nodeRole: 'role', subnets: [] });
  Bootstrap.of(cluster).add(BootstrapStage.CAPACITY, nodes);
  new CoreDns(stack, 'Dns', { cluster });
  Template.fromStack(stack).hasResource('AWS::EKS::Addon', { DependsOn: ['Nodes'] });
});

test('EKS scales it between the given bounds', () => {
  expect(configurationOf({ minReplicas: 3, maxReplicas: 9 })).toEqual({ autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 9 } });
  expect(configurationOf({ maxReplicas: 9 })).toEqual({ autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 9 } });
  expect(configurationOf({ minReplicas: 3 })).toEqual({ autoScaling: { enabled: true, minReplicas: 3 } });
});

test('a fixed number of pods, Fargate and a Corefile reach the add-on', () => {
  expect(configurationOf({ replicaCount: 4, computeType: eks.CoreDnsComputeType.FARGATE, corefile: '.:53 {}' }))
    .toEqual({ replicaCount: 4, computeType: 'Fargate', corefile: '.:53 {}' });
  expect(configurationOf({ computeType: eks.CoreDnsComputeType.EC2 })).toEqual({});
});

test('contradictory numbers of pods are refused', () => {
  expect(() => configurationOf({ minReplicas: 5, maxReplicas: 4 })).toThrow('"maxReplicas" is 4 but "minReplicas" is 5: give a "maxReplicas" of at least 5');
  expect(() => configurationOf({ maxReplicas: 1 })).toThrow('"maxReplicas" is 1 but "minReplicas" is 2 by default');
  expect(() => configurationOf({ replicaCount: 2, maxReplicas: 4 })).toThrow('"replicaCount" is 2 but EKS is told to scale CoreDNS');
  expect(() => configurationOf({ replicaCount: 0 })).toThrow('"replicaCount" is 0: give a whole number of at least 1');
});

test('kube-proxy takes its mode, and needs no nodes', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  new KubeProxy(stack, 'Proxy', { cluster, mode: KubeProxyMode.NFTABLES });
  const template = Template.fromStack(stack);
  expect(addonConfiguration(template, 'kube-proxy')).toEqual({ mode: 'nftables' });
  template.hasResource('AWS::EKS::Addon', { DependsOn: [stack.getLogicalId(cluster.node.defaultChild as any)] });
});
