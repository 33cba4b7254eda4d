import { Size } from 'aws-cdk-lib';
import { only, render } from './render';
import { AmiAlias } from '../../src/charts/ami-alias';
import { AutoModeNodeClass } from '../../src/charts/auto-mode-node-class';
import { Ec2NodeClass, Ec2NodeClassOptions } from '../../src/charts/ec2-node-class';
import { Ec2NodeClassPresets } from '../../src/charts/ec2-node-class-presets';
import { NodeClassRef } from '../../src/charts/node-class-ref';
import { NodePool, NodePoolOptions } from '../../src/charts/node-pool';
import { NodePoolPresets } from '../../src/charts/node-pool-presets';
import { NodeRequirement } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';

const spec = (options: NodePoolOptions, nodeClassRef: NodeClassRef = { name: 'default' }) =>
  only(render(chart => new NodePool(chart, 'Pool', { nodeClassRef, ...options })), 'NodePool').spec;
const classSpec = (options: Ec2NodeClassOptions, alias = AmiAlias.al2023()) => only(render(chart => new Ec2NodeClass(chart, 'Class', {
  amiSelectorTerms: [alias], subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }], role: 'nodes', ...options,
})), 'EC2NodeClass').spec;

/** Values by label, without their domain. */
const wanted = (options: NodePoolOptions) => Object.fromEntries(spec(options).template.spec.requirements
  .map(({ key, operator, values, minValues }: any) => [key.split('/')[1], [operator, ...values, ...minValues ? [`>=${minValues}`] : []].join(' ')]));

const USUAL = { 'instance-category': 'In c m r', 'instance-generation': 'Gt 4', 'arch': 'In amd64' };

test.each<[string, NodePoolOptions, object]>([
  ['general', NodePoolPresets.general(), { ...USUAL, 'capacity-type': 'In on-demand' }],
  ['spotWithFallback', NodePoolPresets.spotWithFallback(), { ...USUAL, 'capacity-type': 'In spot on-demand', 'instance-family': 'Exists >=5' }],
  ['graviton', NodePoolPresets.graviton(), { ...USUAL, 'arch': 'In arm64', 'instance-generation': 'Gt 5', 'capacity-type': 'In on-demand' }],
  ['gpu', NodePoolPresets.gpu(), { 'arch': 'In amd64', 'capacity-type': 'In on-demand', 'instance-gpu-manufacturer': 'In nvidia', 'instance-gpu-count': 'Gt 0' }],
  ['windows', NodePoolPresets.windows(), { ...USUAL, 'capacity-type': 'In on-demand', 'os': 'In windows' }],
  ['batch', NodePoolPresets.batch(), { ...USUAL, 'capacity-type': 'In spot on-demand', 'instance-family': 'Exists >=5' }],
  ['critical', NodePoolPresets.critical(), { ...USUAL, 'capacity-type': 'In on-demand' }],
])('the nodes of the preset %s are what it says', (_, options, requirements) => {
  expect(wanted(options)).toEqual(requirements);
});

test('presets for special pods keep others away, and are not emptied to save cost', () => {
  const { gpu, windows, batch, critical } = NodePoolPresets;
  const special = { gpu: gpu(), windows: windows(), batch: batch(), critical: critical() };
  expect(Object.fromEntries(Object.entries(special).map(([name, options]) => [name, spec(options).template.spec.taints]))).toEqual({
    gpu: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
    windows: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
    batch: [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }],
    critical: [{ key: 'dedicated', value: 'critical', effect: 'NoSchedule' }],
  });
  expect(Object.values(special).map(options => spec(options).disruption.consolidationPolicy)).toEqual(Array(4).fill('WhenEmpty'));
  expect(spec(special.critical).disruption.budgets).toEqual([{ nodes: '1' }]);
});

test('what is given wins: a requirement of the same label, everything else by its name, taints are added', () => {
  const options = NodePoolPresets.batch({
    requirements: [NodeRequirement.instanceCategories('c'), NodeRequirement.zones('eu-west-1a')],
    taints: [{ key: 'team', value: 'a', effect: NodeTaintEffect.NO_EXECUTE }],
    limits: { cpu: '100' },
    consolidateAfter: undefined,
  });
  expect(wanted(options)).toMatchObject({ 'instance-category': 'In c', 'zone': 'In eu-west-1a', 'arch': 'In amd64' });
  expect(options.taints?.map(({ key }) => key)).toEqual(['dedicated', 'team']);
  expect(options.limits).toEqual({ cpu: '100' });
  expect(options.consolidateAfter?.value).toBe('1m');
});

test.each(['general', 'spotWithFallback', 'graviton', 'gpu', 'batch', 'critical'] as const)('the preset %s fits EKS Auto Mode', preset => {
  const keys = spec(NodePoolPresets[preset](), AutoModeNodeClass.DEFAULT).template.spec.requirements.map(({ key }: any) => key);
  expect(keys.filter((key: string) => key.startsWith('karpenter.k8s.aws/'))).toEqual([]);
});

test('presets of classes give room, and what is given wins', () => {
  const sizes = (options: Ec2NodeClassOptions, alias?: any) => classSpec(options, alias).blockDeviceMappings.map(({ ebs }: any) => ebs.volumeSize);
  expect(classSpec(Ec2NodeClassPresets.gpu())).toMatchObject({ instanceStorePolicy: 'RAID0' });
  expect(sizes(Ec2NodeClassPresets.gpu())).toEqual(['200Gi']);
  expect(sizes(Ec2NodeClassPresets.gpu({ rootVolumeSize: Size.gibibytes(500) }))).toEqual(['500Gi']);
  expect(sizes(Ec2NodeClassPresets.gpu({ blockDeviceMappings: [{ deviceName: '/dev/xvda', volumeSize: Size.gibibytes(7) }] }))).toEqual(['7Gi']);
  expect(sizes(Ec2NodeClassPresets.batch())).toEqual(['100Gi']);
  expect(classSpec(Ec2NodeClassPresets.windows(), AmiAlias.windows2022())).toMatchObject({ amiFamily: 'Windows2022', blockDeviceMappings: [{ deviceName: '/dev/sda1' }] });
});
