import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { withControlPlane } from './with-control-plane';
import { KarpenterMigration } from '../../src/karpenter-migration/karpenter-migration';
import { describeWithReference } from '../reference';

const FIXTURES = join(__dirname, '..', 'cli', 'migrate-karpenter');
const PATHS: Record<string, string> = {
  NodePool: '/apis/karpenter.sh/v1/nodepools',
  EC2NodeClass: '/apis/karpenter.k8s.aws/v1/ec2nodeclasses',
  Provisioner: '/apis/karpenter.sh/v1alpha5/provisioners',
  AWSNodeTemplate: '/apis/karpenter.k8s.aws/v1alpha1/awsnodetemplates',
};

describeWithReference('what the migration makes, on an API server with the definitions of Karpenter 1.14.1', dir => {
  const plane = withControlPlane({ nodes: 0 });
  const crds = ['karpenter-v1.14.1', 'karpenter-v0.31.4'].flatMap(version => readdirSync(join(dir, 'crds', version)).map(file => join(dir, 'crds', version, file)));

  beforeAll(async () => {
    await plane().kubectl('apply', '--server-side', ...crds.flatMap(file => ['-f', file]));
    await plane().kubectl('wait', '--for=condition=Established', 'crd', '--all');
  }, 60_000);

  /** Why the API server refuses an object, an unknown field included; undefined if it takes it. */
  const refusal = async (object: any): Promise<string | undefined> => {
    const { status, body } = await plane().request('POST', `${PATHS[object.kind]}?dryRun=All&fieldValidation=Strict`, object);
    return status === 201 ? undefined : `${object.kind}/${object.metadata.name}: ${body.message}`;
  };

  test('it refuses what is wrong, and takes the old objects of the fixture as what they are', async () => {
    const [nodeClass] = KarpenterMigration.fromFiles([join(FIXTURES, 'v1beta1.yaml')]).objects;
    expect(await refusal({ ...nodeClass, spec: { ...nodeClass.spec, odd: 1 } })).toContain('unknown field "spec.odd"');
    expect(await refusal({ ...nodeClass, spec: { ...nodeClass.spec, instanceProfile: 'too' } })).toContain('must specify exactly one of');
    const old = parseAllDocuments(readFileSync(join(FIXTURES, 'v1alpha5.yaml'), 'utf8')).map(document => document.toJSON()).filter(({ kind }) => kind in PATHS);
    expect((await Promise.all(old.map(refusal))).filter(Boolean)).toEqual([]);
    expect(old).toHaveLength(6);
  });

  test.each(readdirSync(FIXTURES))('it takes all that %s becomes', async file => {
    const { objects } = KarpenterMigration.fromFiles([join(FIXTURES, file)]);
    expect(objects.length).toBeGreaterThan(5);
    expect((await Promise.all(objects.map(refusal))).filter(Boolean)).toEqual([]);
  });

  test('it takes whatever old objects become, in every combination of their fields', async () => {
    const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const name = fc.constantFrom('a', 'b-c', 'd.e');
    const selector = fc.dictionary(fc.constantFrom('Name', 'aws-ids', 'karpenter.sh/discovery'), fc.constantFrom('subnet-0a', '*', 'x, y'), { minKeys: 1 })
      .map(tags => 'aws-ids' in tags ? { ...tags, 'aws-ids': 'subnet-0a,subnet-0b' } : tags);
    const kubelet = some(fc.record({ maxPods: fc.integer({ min: 0, max: 250 }), clusterDNS: fc.constant(['10.0.0.10']), containerRuntime: fc.constant('containerd') }, { requiredKeys: [] }));
    const requirements = some(fc.uniqueArray(fc.constantFrom(
      { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }, { key: 'karpenter.k8s.aws/instance-pods', operator: 'Lt', values: ['9'] },
      { key: 'karpenter.sh/provisioner-name', operator: 'Exists' }, { key: 'team', operator: 'NotIn', values: ['x'] }, { key: 'example.com/gpu', operator: 'DoesNotExist' }, { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Gt', values: ['3'] },
    )));
    const metadataOptions = some(fc.record({ httpTokens: fc.constantFrom('required', 'optional'), httpPutResponseHopLimit: fc.integer({ min: 1, max: 64 }) }, { requiredKeys: [] }));
    const tags = some(fc.dictionary(fc.constantFrom('team', 'kubernetes.io/cluster/x', 'karpenter.sh/nodepool'), fc.constantFrom('a', 'b')));
    const amiFamily = some(fc.constantFrom('AL2', 'Bottlerocket', 'Ubuntu', 'Custom', 'Windows2022'));
    const weight = some(fc.integer({ min: 1, max: 100 }));

    const alpha = fc.record({
      template: fc.record({
        amiFamily, subnetSelector: selector, securityGroupSelector: selector.map(tag => JSON.parse(JSON.stringify(tag).replaceAll('subnet-', 'sg-'))), metadataOptions, tags,
        instanceProfile: some(fc.constant('nodes')), amiSelector: some(fc.constantFrom({ 'aws-ids': 'ami-0a,ami-0b' }, { 'aws::name': 'a,b', 'x': 'y' })),
      }),
      provisioner: fc.record({
        requirements, kubeletConfiguration: kubelet, weight,
        consolidation: some(fc.record({ enabled: fc.boolean() })), ttlSecondsAfterEmpty: some(fc.nat(9)),
        ttlSecondsUntilExpired: some(fc.nat(9)), labels: some(fc.constant({ 'team': 'x', 'karpenter.sh/provisioner-name': 'y' })), limits: some(fc.constant({ resources: { cpu: '1' } })),
      }),
    }).map(({ template, provisioner }) => (id: string) => [
      { apiVersion: 'karpenter.k8s.aws/v1alpha1', kind: 'AWSNodeTemplate', metadata: { name: id }, spec: template },
      { apiVersion: 'karpenter.sh/v1alpha5', kind: 'Provisioner', metadata: { name: id }, spec: { ...provisioner, providerRef: { name: id } } },
    ]);
    const beta = fc.record({
      nodeClass: fc.record({
        amiFamily: fc.constantFrom('AL2', 'AL2023', 'Bottlerocket', 'Ubuntu', 'Windows2019'), role: fc.constant('nodes'), metadataOptions, tags,
        amiSelectorTerms: some(fc.constant([{ name: 'x' }])), subnetSelectorTerms: fc.constant([{ id: 'subnet-0a' }]), securityGroupSelectorTerms: fc.constant([{ name: 'web' }]),
      }),
      disruption: some(fc.record({ consolidationPolicy: fc.constant('WhenUnderutilized'), expireAfter: fc.constantFrom('Never', '24h') }, { requiredKeys: [] })),
      requirements, kubelet, weight,
    }).map(({ nodeClass, disruption, kubelet: { containerRuntime, ...own } = {} as any, weight: given, requirements: wanted }) => (id: string) => [
      { apiVersion: 'karpenter.k8s.aws/v1beta1', kind: 'EC2NodeClass', metadata: { name: id }, spec: nodeClass },
      {
        apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool', metadata: { name: id },
        spec: { disruption, weight: given, template: { spec: { nodeClassRef: { name: id }, requirements: wanted ?? [], kubelet: own } } },
      },
    ]);

    await fc.assert(fc.asyncProperty(fc.oneof(alpha, beta), name, async (make, id) => {
      const { objects } = KarpenterMigration.fromObjects(make(id));
      expect((await Promise.all(objects.map(refusal))).filter(Boolean)).toEqual([]);
    }), { numRuns: 300 });
  }, 120_000);
});
