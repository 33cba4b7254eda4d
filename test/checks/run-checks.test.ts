import { platformOf } from './fixtures';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/run-checks';

const ID = 'public-endpoint-open';
const OPEN = platformOf({ Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Metadata: { 'aws:cdk:path': 'Shop/Platform/Resource' }, Properties: { ResourcesVpcConfig: {} } } } });

test('checks that are optional run only where they are asked for', () => {
  const ids = (enable?: string[]) => new Set(runChecks(platformOf({
    Resources: {
      Manifest: {
        Type: 'Custom::AWSCDK-EKS-KubernetesResource',
        Properties: { Manifest: JSON.stringify([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'web' }] } }]) },
      },
    },
  }), { enable }, []).map(({ check }) => check.id));
  const optional = ALL_CHECKS.filter(check => check.optional).map(({ id }) => id);
  expect(optional.filter(id => ids().has(id))).toEqual([]);
  expect(optional.filter(id => ids(optional).has(id))).not.toEqual([]);
});

test.each([
  ['at the app', '', true],
  ['at the stack', 'Shop', true],
  ['at the construct', 'Shop/Platform', true],
  ['at the resource in it', 'Shop/Platform/Resource', true],
  ['at a default child of a default child', 'Shop/Platform/Default/Resource', true],
  ['at another construct', 'Shop/Plat', false],
  ['at a construct in another that is called Resource', 'Shop/Resource/Platform', false],
])('an acknowledgement %s', (_, path, holds) => {
  const word = { path, id: `EksSlipway::${ID}`, reason: 'a playground' };
  const [found] = runChecks(OPEN, {}, [{ ...word, id: 'EksSlipway::cluster-logging' }, word]).filter(({ check }) => check.id === ID);
  expect(found.acknowledged).toBe(holds ? word : undefined);
});

test('the id of a finding has no colons but those before it, so that CDK takes it', () => {
  const [found] = runChecks(platformOf({
    Resources: {
      Manifest: {
        Type: 'Custom::AWSCDK-EKS-KubernetesResource',
        Properties: {
          Manifest: JSON.stringify([{
            apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'shop::all' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
          }]),
        },
      },
    },
  }), {}, []).filter(({ check }) => check.id === 'rbac-wildcard');
  expect(found.id).toBe('rbac-wildcard[Stack/Manifest/ClusterRole/shop--all]');
});

test('an id that there is none of is refused with all that there are', () => {
  expect(() => runChecks(OPEN, { disable: [ID, 'x'] }, [])).toThrow(`"disable" names "x", which is no check: give one of ${ALL_CHECKS.map(({ id }) => id).join(', ')}`);
});
