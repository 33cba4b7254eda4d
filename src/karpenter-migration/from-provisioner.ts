import { MigratedPool, nodePool, REPLACE_ME, tellExpiry, tellUnknown, withoutUndefined } from './common';
import { GlobalSettings } from './global-settings';
import { nodeAnnotations, nodeLabels, nodeRequirements, nodeTaints } from './labels-and-taints';
import { Notes } from './migration-note';

const KNOWN = ['annotations', 'consolidation', 'kubeletConfiguration', 'labels', 'limits', 'provider', 'providerRef', 'requirements', 'startupTaints', 'taints',
  'ttlSecondsAfterEmpty', 'ttlSecondsUntilExpired', 'weight'];

/** What Karpenter's webhook wrote into every Provisioner that did not say otherwise. */
const DEFAULT_REQUIREMENTS = [
  { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
  { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
  { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
];
const INSTANCE_KEYS = ['node.kubernetes.io/instance-type', ...['family', 'category', 'generation'].map(what => `karpenter.k8s.aws/instance-${what}`)];
const DEFAULT_INSTANCES = [
  { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
  { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['2'] },
];

/** The name of the node class that a Provisioner's own `provider` becomes. */
export function inlineClassName(provisioner: any): string {
  return provisioner.metadata.name;
}

/** A Provisioner of v1alpha5 as a NodePool of v1. */
export function fromProvisioner({ metadata, spec = {} }: any, settings: GlobalSettings, notes: Notes): MigratedPool {
  tellUnknown(spec, KNOWN, 'spec', notes);
  notes.changed('', 'is a NodePool. Its nodes have the label karpenter.sh/nodepool in the place of karpenter.sh/provisioner-name: change what selects nodes by it');
  const { containerRuntime, ...given } = spec.kubeletConfiguration ?? {};
  const kubelet = withoutUndefined({ maxPods: settings.maxPods, ...given });
  if (containerRuntime !== undefined) {
    notes.dropped('spec.kubeletConfiguration.containerRuntime', `${containerRuntime}: there is only containerd`);
  }
  const object = nodePool(metadata, {
    labels: nodeLabels(spec.labels, 'spec.labels', notes),
    annotations: nodeAnnotations(spec.annotations, 'spec.annotations', notes),
    nodes: {
      nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: className(metadata, spec, notes) },
      requirements: requirements(spec, notes),
      taints: nodeTaints(spec.taints, 'spec.taints', notes),
      startupTaints: nodeTaints(spec.startupTaints, 'spec.startupTaints', notes),
      expireAfter: expireAfter(spec, notes),
    },
    disruption: disruption(spec, notes),
    limits: spec.limits?.resources,
    weight: spec.weight,
  });
  if (spec.limits) {
    tellUnknown(spec.limits, ['resources'], 'spec.limits', notes);
    notes.changed('spec.limits.resources', 'is spec.limits');
  }
  return { object, notes, kubelet: Object.keys(kubelet).length > 0 ? kubelet : undefined };
}

function className(metadata: any, { provider, providerRef }: any, notes: Notes): string {
  if (providerRef) {
    return providerRef.name;
  }
  if (provider) {
    notes.changed('spec.provider', `is an EC2NodeClass of its own, "${inlineClassName({ metadata })}"`);
    return inlineClassName({ metadata });
  }
  notes.decide('spec.providerRef', `is missing: "${REPLACE_ME}" stands for the name of a node class`);
  return REPLACE_ME.toLowerCase();
}

function requirements(spec: any, notes: Notes): any[] {
  const given: any[] = spec.requirements ?? [];
  const has = (key: string) => given.some(requirement => requirement.key === key);
  const defaults = [...DEFAULT_REQUIREMENTS.filter(({ key }) => !has(key)), ...INSTANCE_KEYS.some(has) ? [] : DEFAULT_INSTANCES];
  if (defaults.length > 0) {
    notes.changed('spec.requirements', `defaults of before are written out: ${defaults.map(({ key, operator, values }) => `${key} ${operator} ${values.join(', ')}`).join('; ')}`);
  }
  return [...nodeRequirements(given, notes, 'spec.requirements'), ...defaults];
}

function expireAfter(spec: any, notes: Notes): string {
  const seconds = spec.ttlSecondsUntilExpired;
  if (seconds === undefined) {
    notes.changed('spec.ttlSecondsUntilExpired', 'is absent, so nodes did not expire: expireAfter "Never" is written out, since that of v1 is 30 days');
    return 'Never';
  }
  notes.changed('spec.ttlSecondsUntilExpired', `is expireAfter "${seconds}s"`);
  tellExpiry('spec.ttlSecondsUntilExpired', notes);
  return `${seconds}s`;
}

function disruption(spec: any, notes: Notes): any {
  const budgets = [{ nodes: '10%' }];
  notes.decide('spec.consolidation', 'before, nothing bounded how many nodes go at a time. The default of v1, 10% of the pool, is written out: choose budgets');
  if (spec.consolidation?.enabled) {
    notes.changed('spec.consolidation.enabled', 'is consolidationPolicy WhenEmptyOrUnderutilized, with a consolidateAfter of 0s');
    if (spec.ttlSecondsAfterEmpty !== undefined) {
      notes.dropped('spec.ttlSecondsAfterEmpty', 'could not be had together with consolidation, which wins');
    }
    return { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '0s', budgets };
  }
  if (spec.ttlSecondsAfterEmpty !== undefined) {
    notes.changed('spec.ttlSecondsAfterEmpty', `is consolidationPolicy WhenEmpty, with a consolidateAfter of ${spec.ttlSecondsAfterEmpty}s`);
    return { consolidationPolicy: 'WhenEmpty', consolidateAfter: `${spec.ttlSecondsAfterEmpty}s`, budgets };
  }
  notes.changed('spec.consolidation', 'is off and there is no ttlSecondsAfterEmpty, so no node went: consolidateAfter "Never" is written out, since v1 consolidates at once');
  return { consolidationPolicy: 'WhenEmpty', consolidateAfter: 'Never', budgets };
}
