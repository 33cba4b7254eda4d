import { only, render } from './render';
import { PodSecurityLevel, Tenant, TenantProps } from '../../src/charts/tenant';

function tenant(props: Partial<TenantProps> = {}): any[] {
  return render(chart => new Tenant(chart, 'Tenant', { name: 'shop', ...props }), { namespace: 'elsewhere' });
}

test('a name is enough for a namespace with limits, whose pods are restricted and on their own', () => {
  const manifest = tenant();
  expect(manifest.map(object => [object.kind, object.metadata.namespace])).toEqual([
    // The namespace comes first: the others are in it.
    ['Namespace', undefined], ['ResourceQuota', 'shop'], ['LimitRange', 'shop'], ['NetworkPolicy', 'shop'],
  ]);
  expect(manifest[0].metadata).toEqual({
    name: 'shop',
    labels: {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  });
  expect(only(manifest, 'LimitRange').spec.limits).toEqual([{
    type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' }, default: { memory: '512Mi' },
  }]);
});

test('only pods of the namespace, DNS and the Pod Identity agent are within reach', () => {
  expect(only(tenant(), 'NetworkPolicy').spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: {} }] }],
    egress: [
      { to: [{ podSelector: {} }] },
      {
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        }],
        ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
      },
      {
        to: [{ ipBlock: { cidr: '169.254.170.23/32' } }, { ipBlock: { cidr: 'fd00:ec2::23/128' } }],
        ports: [{ port: 80, protocol: 'TCP' }],
      },
    ],
  });
});

test('more can be let in and out', () => {
  const { ingress, egress } = only(tenant({
    ingressCidrs: ['10.0.0.0/20'], ingressNamespaces: ['monitoring'], egressCidrs: ['10.1.0.0/16'], dnsCidrs: ['169.254.20.10/32'],
  }), 'NetworkPolicy').spec;
  expect(ingress[0].from.slice(1)).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
    { ipBlock: { cidr: '10.0.0.0/20' } },
  ]);
  expect(egress[0].to[1]).toEqual({ ipBlock: { cidr: '10.1.0.0/16' } });
  expect(egress[1].to[1]).toEqual({ ipBlock: { cidr: '169.254.20.10/32' } });
});

test('quota and isolation can be replaced or left out', () => {
  expect(only(tenant({ quota: { pods: '5' } }), 'ResourceQuota').spec.hard).toEqual({ pods: '5' });
  expect(tenant({ quota: {}, networkIsolation: false }).map(object => object.kind)).toEqual(['Namespace', 'LimitRange']);
});

test('groups get the roles that Kubernetes has for them', () => {
  const bindings = tenant({ adminGroups: ['leads'], editGroups: ['devs', 'ops'], viewGroups: ['all'] }).filter(object => object.kind === 'RoleBinding');
  expect(bindings.map(binding => [binding.metadata.name, binding.roleRef.name, binding.subjects.map((subject: any) => subject.name)])).toEqual([
    ['tenant-admin', 'admin', ['leads']],
    ['tenant-edit', 'edit', ['devs', 'ops']],
    ['tenant-view', 'view', ['all']],
  ]);
});

test('a lower Pod Security level is still warned about', () => {
  expect(tenant({ podSecurity: PodSecurityLevel.BASELINE, labels: { team: 'shop' }, loadBalancerReadinessGates: true })[0].metadata.labels).toEqual({
    'team': 'shop',
    'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
});

test.each<[string, Partial<TenantProps>, string]>([
  ['a name that is none', { name: 'Shop' }, '"name" is "Shop"'],
  ['a quota that is no quantity', { quota: { pods: 'many' } }, '"quota.pods" is "many"'],
  ['a default request above the default limit', { containerDefaults: { memoryRequest: '1Gi' } }, '"containerDefaults.memoryRequest" is 1Gi but "containerDefaults.memoryLimit" is 512Mi'],
  ['a CIDR that is none', { egressCidrs: ['db'] }, '"egressCidrs" has "db"'],
  ['exceptions from nothing', { networkIsolation: false, egressCidrs: ['10.0.0.0/8'] }, '"egressCidrs" is given but "networkIsolation" is false'],
  ['a Pod Security label by hand', { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }, 'give "podSecurity" instead'],
  ['a group without a name', { viewGroups: [''] }, '"viewGroups" has an empty name'],
])('%s is refused', (_, props, message) => {
  expect(() => tenant(props)).toThrow(message);
});
