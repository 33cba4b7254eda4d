import { Token } from 'aws-cdk-lib';
import { NodeTaint } from './node-taint';
import { checkLabelKey, checkLabelValue } from '../private/kubernetes-names';

/** As the API wants it. */
export function renderTaint(taint: NodeTaint) {
  return { key: taint.key, value: taint.value, effect: taint.effect };
}

/** What is wrong with the taints by themselves and together: Karpenter makes no node of a pool that has one twice. */
export function checkTaints(lists: { taints?: NodeTaint[]; startupTaints?: NodeTaint[] }) {
  const seen = new Map<string, string>();
  for (const prop of ['taints', 'startupTaints'] as const) {
    for (const taint of lists[prop] ?? []) {
      checkTaint(prop, taint);
      const pair = `${taint.key}:${taint.effect}`;
      const before = seen.get(pair);
      if (before !== undefined && !Token.isUnresolved(taint.key)) {
        throw new Error(`"${prop}" has "${pair}", which "${before}" has already: give every key and effect once in both`);
      }
      seen.set(pair, prop);
    }
  }
}

function checkTaint(prop: string, taint: NodeTaint) {
  checkLabelKey(`${prop}.key`, taint.key);
  if (taint.value === '') {
    throw new Error(`"${prop}.value" of "${taint.key}" is empty: leave it out for a taint without a value`);
  }
  if (taint.value !== undefined) {
    checkLabelValue(`${prop}.value`, taint.value);
  }
}
