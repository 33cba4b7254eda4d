import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { AUTO_MODE_CLASS, FULL_CLASS, FULL_POOL, FULL_STATIC_POOL, OTHER_CLASS } from './karpenter-full';
import { AmiFamily } from '../../src/charts/ami-family';
import { AutoModeNodeClass } from '../../src/charts/auto-mode-node-class';
import { EbsVolumeType } from '../../src/charts/block-device-mapping';
import { Ec2NodeClass, InstanceStorePolicy } from '../../src/charts/ec2-node-class';
import { INSTANCE_LABELS } from '../../src/charts/karpenter-labels';
import { ConsolidationPolicy, DisruptionReason } from '../../src/charts/node-disruption';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { NodePool } from '../../src/charts/node-pool';
import { RequirementOperator } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';
import { InstanceMatchCriteria } from '../../src/charts/selector-terms';
import { describeWithReference } from '../reference';

/** Every field below a schema, with its path; of lists and maps the path names what is in them. */
function fields(schema: any, path: string[] = []): [string, any][] {
  return Object.entries<any>(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = field.items ?? field;
    return [[[...path, name].join('.'), inner] as [string, any], ...fields(inner, [...path, name])];
  });
}

/** The paths of everything that an object has, as `fields` names them. */
function paths(value: any, path: string[] = []): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(item => paths(item, path));
  }
  if (typeof value !== 'object') {
    return [path.join('.')];
  }
  return [path.join('.'), ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
}

function rendered(build: (chart: Chart) => void): string[] {
  const chart = new Chart(Testing.app(), 'test');
  build(chart);
  return [...new Set((Testing.synth(chart) as any[]).flatMap(({ spec }) => paths(spec)))];
}

/** Fields that no prop has, and why. */
const WITHOUT_PROP: Record<string, string> = {
  'template.spec.taints.timeAdded': 'the API server writes it',
  'template.spec.startupTaints.timeAdded': 'the API server writes it',
};

/** The values that each enumeration of the definitions has to have here. */
const ENUMS: Record<string, string[]> = {
  'disruption.consolidationPolicy': Object.values(ConsolidationPolicy),
  'disruption.budgets.reasons': Object.values(DisruptionReason),
  'template.spec.requirements.operator': Object.values(RequirementOperator),
  'template.spec.taints.effect': Object.values(NodeTaintEffect),
  'template.spec.startupTaints.effect': Object.values(NodeTaintEffect),
  'amiFamily': Object.values(AmiFamily),
  'blockDeviceMappings.ebs.volumeType': Object.values(EbsVolumeType),
  'capacityReservationSelectorTerms.instanceMatchCriteria': Object.values(InstanceMatchCriteria),
  'instanceStorePolicy': Object.values(InstanceStorePolicy),
  'networkInterfaces.interfaceType': Object.values(NodeNetworkInterfaceType),
  // booleans here
  'cpuOptions.nestedVirtualization': ['enabled', 'disabled'],
  'metadataOptions.httpEndpoint': ['enabled', 'disabled'],
  'metadataOptions.httpProtocolIPv6': ['enabled', 'disabled'],
  'metadataOptions.httpTokens': ['required', 'optional'],
};

describeWithReference("the definitions of Karpenter's objects", dir => {
  const specOf = (file: string) => parse(readFileSync(join(dir, 'crds', 'karpenter-v1.14.1', file), 'utf8')).spec.versions[0].schema.openAPIV3Schema.properties.spec;
  const pool = specOf('karpenter.sh_nodepools.yaml');
  const nodeClass = specOf('karpenter.k8s.aws_ec2nodeclasses.yaml');

  test.each([
    ['NodePool', pool, (chart: Chart) => {
      new NodePool(chart, 'Full', FULL_POOL);
      new NodePool(chart, 'Static', FULL_STATIC_POOL);
    }],
    ['EC2NodeClass', nodeClass, (chart: Chart) => {
      new Ec2NodeClass(chart, 'Full', FULL_CLASS);
      new Ec2NodeClass(chart, 'Other', OTHER_CLASS);
    }],
  ])('every field of a %s has a prop, or a reason not to', (_, schema, build) => {
    const here = rendered(build);
    expect(fields(schema).map(([path]) => path).filter(path => !here.includes(path) && !WITHOUT_PROP[path])).toEqual([]);
  });

  test('the reasons not to have a prop are about fields that there are, without one', () => {
    const all = [...fields(pool), ...fields(nodeClass)].map(([path]) => path);
    expect(Object.keys(WITHOUT_PROP).filter(path => !all.includes(path))).toEqual([]);
  });

  test('every enumeration has the same values here', () => {
    const theirs = [...fields(pool), ...fields(nodeClass)].filter(([, field]) => field.enum).map(([path, field]) => [path, [...field.enum].sort()]);
    expect(Object.fromEntries(theirs)).toEqual(Object.fromEntries(Object.entries(ENUMS).map(([path, values]) => [path, [...values].sort()])));
  });

  test('the labels of instances are those that the definition lets pass, but for one that the controller refuses', () => {
    const rule = (key: any) => key['x-kubernetes-validations'].find(({ message }: any) => message.includes('karpenter.k8s.aws')).rule as string;
    const { labels } = pool.properties.template.properties.metadata.properties;
    const { key } = pool.properties.template.properties.spec.properties.requirements.items.properties;
    for (const text of [rule(labels), rule(key)]) {
      const names = [...text.matchAll(/"karpenter\.k8s\.aws\/([^"]+)"/g)].map(([, name]) => name);
      expect([...new Set(names)].sort()).toEqual([...Object.keys(INSTANCE_LABELS), 'ec2nodeclass'].sort());
    }
  });

  test('every field of the NodeClass of Auto Mode, as far as its definition is public, has a prop', () => {
    const schema = JSON.parse(readFileSync(join(dir, 'schemas', 'crds-catalog', 'eks.amazonaws.com', 'nodeclass_v1.json'), 'utf8')).properties.spec;
    const here = rendered(chart => new AutoModeNodeClass(chart, 'Full', AUTO_MODE_CLASS));
    expect(fields(schema).map(([path]) => path).filter(path => !here.includes(path))).toEqual([]);
  });
});
