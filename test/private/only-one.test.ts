import { App, Fn, Stack } from 'aws-cdk-lib';
import { CfnNodegroup, CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { onlyOne } from '../../src/private/only-one';
import { importedCluster, newCluster } from '../clusters';

const stack = () => new Stack(new App(), 'Stack');

function group(scope: Stack, id: string, cluster: eks.ICluster, nodegroupName?: string): Construct {
  const construct = new Construct(scope, id);
  const resource = new CfnNodegroup(construct, 'Resource', { clusterName: cluster.clusterName, nodegroupName, nodeRole: 'role', subnets: ['subnet-1'] });
  onlyOne(construct, resource, cluster, { nodegroupName }, other => `taken by ${other}`);
  return construct;
}

test('of two with one name in a cluster the second says it', () => {
  const scope = stack();
  const cluster = importedCluster(scope);
  const [one, two] = ['One', 'Two'].map(id => group(scope, id, cluster, 'web'));
  expect(one.node.validate()).toEqual([]);
  expect(two.node.validate()).toEqual(['taken by Stack/One']);
});

test('a bare resource of the same name counts too', () => {
  const scope = stack();
  const cluster = importedCluster(scope);
  new CfnNodegroup(scope, 'Bare', { clusterName: 'existing', nodegroupName: 'web', nodeRole: 'role', subnets: ['subnet-1'] });
  expect(group(scope, 'Ours', cluster, 'web').node.validate()).toEqual(['taken by Stack/Bare']);
});

test('other names, no names, and the same name in another cluster are let through', () => {
  const scope = stack();
  const cluster = importedCluster(scope);
  const groups = [group(scope, 'One', cluster, 'web'), group(scope, 'Two', cluster, 'api'), group(scope, 'Three', cluster), group(scope, 'Four', cluster)];
  const elsewhere = group(scope, 'Five', newCluster(scope), 'web');
  expect([...groups, elsewhere].flatMap(({ node }) => node.validate())).toEqual([]);
});

test('of several names all have to be alike, and known', () => {
  const scope = stack();
  const cluster = importedCluster(scope);
  const association = (id: string, namespace: string, serviceAccount: string) => {
    const construct = new Construct(scope, id);
    const resource = new CfnPodIdentityAssociation(construct, 'Resource', { clusterName: cluster.clusterName, namespace, serviceAccount, roleArn: 'role' });
    onlyOne(construct, resource, cluster, { namespace, serviceAccount }, other => `taken by ${other}`);
    return construct;
  };
  const account = Fn.importValue('Account');
  const apart = [association('Resources', 'shop', 'web'), association('Two', 'shop', 'api'), association('Three', 'blog', 'web'),
    association('Four', 'shop', account), association('Five', 'shop', account)];
  expect(apart.flatMap(({ node }) => node.validate())).toEqual([]);
  expect(association('Six', 'shop', 'web').node.validate()).toEqual(['taken by Stack/Resources']);
});
