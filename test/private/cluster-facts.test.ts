import { App, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { clusterNameAtSynth, clusterResource, clusterVersionAtSynth, hasAutoMode, inSameStack, requireClusterName } from '../../src/private/cluster-facts';

const stack = () => new Stack(new App(), 'Stack');

function made(clusterName?: string, version = eks.KubernetesVersion.V1_34): eks.Cluster {
  return new eks.Cluster(stack(), 'Cluster', { version, clusterName, defaultCapacityType: eks.DefaultCapacityType.AUTOMODE });
}

const imported = (clusterName: string) => eks.Cluster.fromClusterAttributes(stack(), 'Imported', { clusterName });

test('the resource of a cluster is that of one made here, and of no other', () => {
  const cluster = made();
  expect(clusterResource(cluster)).toBe(cluster.node.defaultChild);
  expect(clusterResource(imported('existing'))).toBeUndefined();
  const other = new Construct(stack(), 'Other');
  new CfnResource(other, 'Resource', { type: 'AWS::EKS::Nodegroup' });
  expect(clusterResource(other as any)).toBeUndefined();
});

test('a name is known where it was given, or where the cluster is imported', () => {
  expect([made('shop'), imported('existing')].map(clusterNameAtSynth)).toEqual(['shop', 'existing']);
  expect([made(), made(Fn.ref('Name')), imported(Fn.importValue('Name'))].map(clusterNameAtSynth)).toEqual([undefined, undefined, undefined]);
});

test('a version is known of a cluster made here', () => {
  expect(clusterVersionAtSynth(made())).toBe('1.34');
  expect([imported('existing'), made('shop', eks.KubernetesVersion.of(Fn.ref('Version')))].map(clusterVersionAtSynth)).toEqual([undefined, undefined]);
});

test('Auto Mode is known of a cluster made here, however late it is said', () => {
  const [late, off] = [made(), made()];
  (late.node.defaultChild as any).computeConfig = Token.asAny({ enabled: Token.asAny(true) });
  (off.node.defaultChild as any).computeConfig = { enabled: false };
  expect([made(), late, off, imported('existing')].map(hasAutoMode)).toEqual([true, true, false, false]);
});

test('policies need the name, and say so where it is not known', () => {
  const cluster = made();
  const scope = new Construct(Stack.of(cluster), 'Controller');
  expect(requireClusterName(scope, made('shop'))).toBe('shop');
  expect(() => requireClusterName(scope, cluster)).toThrow(new Error('the policies of Stack/Controller name the cluster in condition keys, which must be known at synth: '
    + 'give the cluster Stack/Cluster a "clusterName" (PlatformCluster always has one)'));
});

test('two constructs are in one stack, or not', () => {
  const one = stack();
  expect([inSameStack(new Construct(one, 'A'), one), inSameStack(one, stack())]).toEqual([true, false]);
});
