import { MigratedPool, migratedMetadata, NODE_CLASS, nodePool, REPLACE_ME, tellExpiry, tellUnknown, withoutUndefined } from './common';
import { images } from './images';
import { instanceTags } from './instance-tags';
import { nodeAnnotations, nodeLabels, nodeRequirements, nodeTaints } from './labels-and-taints';
import { metadataOptionsOfV1beta1 } from './metadata-options';
import { Notes } from './migration-note';

const CLASS_FIELDS = ['amiFamily', 'amiSelectorTerms', 'associatePublicIPAddress', 'blockDeviceMappings', 'context', 'detailedMonitoring', 'instanceProfile', 'instanceStorePolicy',
  'metadataOptions', 'role', 'securityGroupSelectorTerms', 'subnetSelectorTerms', 'tags', 'userData'];
const TEMPLATE_FIELDS = ['expireAfter', 'kubelet', 'nodeClassRef', 'requirements', 'resources', 'startupTaints', 'taints', 'terminationGracePeriod'];

/** A NodePool of v1beta1 as one of v1. */
export function fromNodePool({ metadata, spec = {} }: any, notes: Notes): MigratedPool {
  const { metadata: nodes = {}, spec: template = {} } = spec.template ?? {};
  tellUnknown(spec, ['disruption', 'limits', 'template', 'weight'], 'spec', notes);
  tellUnknown(spec.disruption, ['budgets', 'consolidateAfter', 'consolidationPolicy', 'expireAfter'], 'spec.disruption', notes);
  tellUnknown(nodes, ['annotations', 'labels'], 'spec.template.metadata', notes);
  tellUnknown(template, TEMPLATE_FIELDS, 'spec.template.spec', notes);
  if (template.resources) {
    notes.dropped('spec.template.spec.resources', 'was of no effect in a pool');
  }
  const object = nodePool(metadata, {
    labels: nodeLabels(nodes.labels, 'spec.template.metadata.labels', notes),
    annotations: nodeAnnotations(nodes.annotations, 'spec.template.metadata.annotations', notes),
    nodes: {
      nodeClassRef: nodeClassRef(template.nodeClassRef, notes),
      requirements: nodeRequirements(template.requirements, notes, 'spec.template.spec.requirements'),
      taints: nodeTaints(template.taints, 'spec.template.spec.taints', notes),
      startupTaints: nodeTaints(template.startupTaints, 'spec.template.spec.startupTaints', notes),
      expireAfter: expireAfter(spec, template, notes),
      terminationGracePeriod: template.terminationGracePeriod,
    },
    disruption: disruption(spec.disruption ?? {}, notes),
    limits: spec.limits,
    weight: spec.weight,
  });
  return { object, notes, kubelet: template.kubelet };
}

function nodeClassRef({ apiVersion = '', group, kind, name }: any = {}, notes: Notes): any {
  if (name === undefined) {
    notes.decide('spec.template.spec.nodeClassRef', `names no class: "${REPLACE_ME}" stands for its name`);
  }
  if (group === undefined) {
    notes.changed('spec.template.spec.nodeClassRef', 'has a group in the place of an apiVersion');
  }
  return { group: group ?? (apiVersion.split('/')[0] || 'karpenter.k8s.aws'), kind: kind ?? 'EC2NodeClass', name: name ?? REPLACE_ME.toLowerCase() };
}

function expireAfter(spec: any, template: any, notes: Notes): string {
  const before = template.expireAfter ?? spec.disruption?.expireAfter;
  const after = before ?? '720h';
  notes.changed('spec.disruption.expireAfter', before === undefined
    ? `is absent, which was 720h: spec.template.spec.expireAfter "${after}" is written out`
    : 'is spec.template.spec.expireAfter');
  if (after !== 'Never') {
    tellExpiry('spec.disruption.expireAfter', notes);
  }
  return after;
}

function disruption({ consolidationPolicy, consolidateAfter, budgets }: any, notes: Notes): any {
  if (consolidationPolicy === undefined || consolidationPolicy === 'WhenUnderutilized') {
    notes.changed('spec.disruption.consolidationPolicy', consolidationPolicy === undefined
      ? 'is absent, which was WhenUnderutilized: WhenEmptyOrUnderutilized is written out, as it is called now'
      : 'WhenUnderutilized is called WhenEmptyOrUnderutilized');
  }
  if (consolidateAfter === undefined) {
    notes.changed('spec.disruption.consolidateAfter', 'is absent, which was at once: "0s" is written out, since v1 needs it');
  }
  if (budgets === undefined) {
    notes.changed('spec.disruption.budgets', 'is absent: the default, 10% of the nodes, is written out');
  }
  const names: Record<string, string> = { underutilized: 'Underutilized', empty: 'Empty', drifted: 'Drifted' };
  return {
    consolidationPolicy: consolidationPolicy === 'WhenEmpty' ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized',
    consolidateAfter: consolidateAfter ?? '0s',
    budgets: (budgets ?? [{ nodes: '10%' }]).map((budget: any) => withoutUndefined({
      ...budget, reasons: budget.reasons?.map((reason: string) => names[reason.toLowerCase()] ?? reason),
    })),
  };
}

/** An EC2NodeClass of v1beta1 as one of v1. */
export function fromNodeClass({ metadata, spec = {} }: any, notes: Notes): any {
  tellUnknown(spec, CLASS_FIELDS, 'spec', notes);
  const hasTerms = (spec.amiSelectorTerms ?? []).length > 0;
  if (spec.role === undefined && spec.instanceProfile === undefined) {
    notes.decide('spec.role', `is absent: "${REPLACE_ME}" stands for the name of the nodes' role`);
  }
  return {
    ...NODE_CLASS,
    metadata: migratedMetadata(metadata),
    spec: withoutUndefined({
      ...images(spec.amiFamily ?? 'AL2', hasTerms ? spec.amiSelectorTerms : undefined, notes),
      subnetSelectorTerms: spec.subnetSelectorTerms,
      securityGroupSelectorTerms: spec.securityGroupSelectorTerms,
      role: spec.role ?? (spec.instanceProfile === undefined ? REPLACE_ME : undefined),
      instanceProfile: spec.instanceProfile,
      blockDeviceMappings: spec.blockDeviceMappings,
      metadataOptions: metadataOptionsOfV1beta1(spec.metadataOptions, notes),
      userData: spec.userData,
      context: spec.context,
      detailedMonitoring: spec.detailedMonitoring,
      associatePublicIPAddress: spec.associatePublicIPAddress,
      instanceStorePolicy: spec.instanceStorePolicy,
      tags: instanceTags(spec.tags, notes),
    }),
  };
}
