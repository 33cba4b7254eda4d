import { platformOf } from './fixtures';
import { ROLE_ANNOTATION } from '../../src/checks/service-account';

const association = (Namespace: any, ServiceAccount: any) => ({ Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'platform', Namespace, ServiceAccount } });
const podOf = (name: string, serviceAccountName: string, namespace?: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec: { serviceAccountName } });
const account = (name: string, annotations?: any) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, annotations } });

const platform = platformOf({
  Resources: {
    Manifest: {
      Type: 'Custom::AWSCDK-EKS-KubernetesResource',
      Properties: {
        ClusterName: 'platform',
        Manifest: JSON.stringify([
          account('annotated', { [ROLE_ANNOTATION]: 'arn' }), account('plain'),
          podOf('by annotation', 'annotated'), podOf('in the default namespace', 'annotated', 'default'), podOf('elsewhere', 'annotated', 'shop'), podOf('without', 'plain'),
          podOf('by association', 'associated', 'shop'), podOf('unknown', 'unknown', 'shop'),
        ]),
      },
    },
    Association: association('shop', 'associated'),
    Unknown: association({ Ref: 'Namespace' }, 'unknown'),
    Release: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: 'platform', Chart: 'web', Namespace: 'shop' } },
  },
});
const roles = platform.serviceAccountRoles;

test('a pod has its permissions by the annotation of its service account or by an association, in its own namespace', () => {
  const rolesOf = platform.pods.map(pod => [pod.object.name, roles.ofPod(pod)?.logicalId, roles.associationOf(pod)?.logicalId]);
  expect(rolesOf).toEqual([
    ['Pod "by annotation"', 'Manifest', undefined],
    ['Pod "default/in the default namespace"', 'Manifest', undefined],
    ['Pod "shop/elsewhere"', undefined, undefined],
    ['Pod "without"', undefined, undefined],
    ['Pod "shop/by association"', 'Association', 'Association'],
    ['Pod "shop/unknown"', undefined, undefined],
  ]);
});

test('a release has those of the accounts in its namespace', () => {
  const [release] = platform.releases;
  expect(['associated', 'annotated'].map(name => roles.ofRelease(release, name)?.logicalId)).toEqual(['Association', undefined]);
});
