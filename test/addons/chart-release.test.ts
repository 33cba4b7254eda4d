import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { withHelm } from './fixtures';
import { Karpenter } from '../../src/addons/karpenter';
import { importedCluster, newCluster } from '../clusters';

const on = (version: eks.KubernetesVersion, chartVersion?: string) => () => {
  const stack = new Stack(new App(), 'Platform');
  return new Karpenter(stack, 'Karpenter', { cluster: withHelm(newCluster(stack, 'Cluster', version)), version: chartVersion });
};

test('a chart on a Kubernetes version that it does not work with is refused, with the range', () => {
  expect(on(eks.KubernetesVersion.of('1.29'))).toThrow('"version" of cluster Platform/Cluster is "1.29", but chart "karpenter-crd" 1.14.1 works with '
    + 'Kubernetes 1.30 to 1.36: change the cluster\'s, or give the add-on a "version" of the chart that works with 1.29');
  expect(on(eks.KubernetesVersion.of('1.37'))).toThrow('Kubernetes 1.30 to 1.36');
});

test('the ends of the range, a version of the user\'s choice and a cluster whose version is not known are let through', () => {
  expect(on(eks.KubernetesVersion.of('1.30'))).not.toThrow();
  expect(on(eks.KubernetesVersion.V1_36)).not.toThrow();
  expect(on(eks.KubernetesVersion.of('1.29'), '1.10.0')).not.toThrow();
  const stack = new Stack(new App(), 'Stack');
  new Karpenter(stack, 'Karpenter', { cluster: withHelm(importedCluster(stack)) });
});
