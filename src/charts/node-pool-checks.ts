import { checkBudgets } from './disruption-budgets';
import { checkLabelDomain, checkNodeLabelKey, checkNodeLabelValue } from './karpenter-labels';
import { NodeClassRef } from './node-class-ref';
import type { NodePoolProps } from './node-pool';
import { checkRequirementsTogether } from './node-requirements';
import { checkTaints } from './node-taints';
import { checkInteger, checkSeconds } from '../private/check-number';
import { checkDnsSubdomain, checkLabelKey, checkLabelValue } from '../private/kubernetes-names';
import { checkQuantities } from '../private/quantity';

/** What is wrong with a pool by itself; group is that of its node class. */
export function checkNodePool(props: NodePoolProps, group: string) {
  if (props.name !== undefined) {
    // The name becomes the value of the label karpenter.sh/nodepool.
    checkDnsSubdomain('name', props.name, 63);
  }
  checkNodeClassRef(props.nodeClassRef);
  checkLabels(props.labels, group);
  checkRequirementsTogether(props.requirements, props.labels);
  Object.keys(props.annotations ?? {}).forEach(key => checkLabelKey('annotations', key));
  checkTaints(props);
  checkQuantities('limits', props.limits);
  checkBudgets(props.disruptionBudgets);
  if (props.expireAfter?.value === '0s') {
    throw new Error('"expireAfter" is 0 seconds, so that every node would be replaced at once: give a longer time, or KarpenterDuration.NEVER');
  }
  if (props.terminationGracePeriod) {
    checkSeconds('terminationGracePeriod', props.terminationGracePeriod, 0);
  }
  if (props.weight !== undefined) {
    checkInteger('weight', props.weight, 1, 100);
  }
  if (props.replicas !== undefined) {
    checkStatic(props, props.replicas);
  }
}

function checkNodeClassRef(ref: NodeClassRef) {
  for (const field of ['name', 'group', 'kind'] as const) {
    if (ref[field] === '') {
      throw new Error(`"nodeClassRef.${field}" is empty: give the ${field} of the node class`);
    }
  }
  checkDnsSubdomain('nodeClassRef.name', ref.name);
  if (ref.group?.includes('/')) {
    throw new Error(`"nodeClassRef.group" is "${ref.group}": give the API group without a version, such as "karpenter.k8s.aws"`);
  }
}

function checkLabels(labels: Record<string, string> = {}, group: string) {
  const entries = Object.entries(labels);
  if (entries.length > 100) {
    throw new Error(`"labels" has ${entries.length} entries: give at most 100`);
  }
  for (const [key, value] of entries) {
    checkNodeLabelKey('labels', key);
    checkLabelValue(`labels.${key}`, value);
    checkNodeLabelValue('labels', key, value);
    checkLabelDomain('labels', key, group);
  }
}

function checkStatic(props: NodePoolProps, replicas: number) {
  checkInteger('replicas', replicas, 0, Number.MAX_SAFE_INTEGER);
  if (props.weight !== undefined) {
    throw new Error(`"weight" is ${props.weight} but "replicas" is ${replicas}: leave "weight" out, a pool of a fixed size takes none`);
  }
  const other = Object.keys(props.limits ?? {}).filter(resource => resource !== 'nodes');
  if (other.length > 0) {
    throw new Error(`"limits" has "${other.join('", "')}" but "replicas" is ${replicas}: leave it out, a pool of a fixed size takes only the limit "nodes"`);
  }
}
