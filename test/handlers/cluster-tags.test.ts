import { isKarpenters, isOwned } from '../../handlers/delivery/cluster-tags';

const tag = (Key: string, Value: string) => ({ Key, Value });

test.each([
  ['what the controllers of Kubernetes own', tag('kubernetes.io/cluster/shop', 'owned'), true],
  ['what the load balancer controller made', tag('elbv2.k8s.aws/cluster', 'shop'), true],
  ['what the VPC CNI made', tag('cluster.k8s.amazonaws.com/name', 'shop'), true],
  ['what is shared with the cluster', tag('kubernetes.io/cluster/shop', 'shared'), false],
  ['what another cluster owns', tag('kubernetes.io/cluster/shop-2', 'owned'), false],
  ['what another cluster\'s controller made', tag('elbv2.k8s.aws/cluster', 'shop-2'), false],
  ['what nobody tagged', tag('Name', 'shop'), false],
])('%s', (_, one, expected) => {
  expect(isOwned('shop', [tag('Name', 'x'), one])).toBe(expected);
});

test.each(['aws:cloudformation:stack-id', 'aws:autoscaling:groupName', 'aws:eks:cluster-name'])('what AWS manages itself is not swept, as %s says', key => {
  expect(isOwned('shop', [tag('kubernetes.io/cluster/shop', 'owned'), tag(key, 'x')])).toBe(false);
});

test('an instance that Karpenter launched is its own, though EC2 set tags of its own', () => {
  const tags = [tag('kubernetes.io/cluster/shop', 'owned'), tag('karpenter.sh/nodepool', 'general'), tag('aws:ec2launchtemplate:version', '1'), tag('aws:ec2:fleet-id', 'f')];
  expect(isOwned('shop', tags) && isKarpenters(tags)).toBe(true);
  expect(isOwned('shop', undefined)).toBe(false);
});

test('Karpenter\'s is what bears a tag of its own', () => {
  expect([[tag('karpenter.sh/nodepool', 'general')], [tag('Name', 'karpenter.sh')], [{ Value: 'x' }], undefined].map(tags => isKarpenters(tags))).toEqual([true, false, false, false]);
});

test('a tag without a key says nothing', () => {
  expect(isOwned('shop', [{ Value: 'owned' }, tag('kubernetes.io/cluster/shop', 'owned')])).toBe(true);
});
