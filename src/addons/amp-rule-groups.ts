import { AmpRule, AmpRuleGroup } from './amp-rules';
import { checkSeconds } from '../private/check-number';
import { checkText } from '../private/check-text';
import { goDuration } from '../private/duration-text';
import { sortKeys } from '../private/sort-keys';

/** Rule groups as Prometheus reads them. */
export function ampRuleGroups(groups: AmpRuleGroup[]): any[] {
  if (groups.length === 0) {
    throw new Error('"groups" is empty: give at least one');
  }
  return groups.map(({ name, interval, rules }, index) => {
    checkText('name', name, /\S/, 'every group a name');
    if (groups.findIndex(other => other.name === name) < index) {
      throw new Error(`"groups" has two groups with the name "${name}": give one of them another name`);
    }
    if (rules.length === 0) {
      throw new Error(`"rules" of group "${name}" is empty: give at least one`);
    }
    return { name, interval: interval && goDuration(checkSeconds('interval', interval, 1)), rules: rules.map(rule => prometheusRule(name, rule)) };
  });
}

function prometheusRule(group: string, { alert, record, expr, forDuration, labels, annotations }: AmpRule): any {
  if ((alert === undefined) === (record === undefined)) {
    throw new Error(`rule "${expr}" of group "${group}" has ${alert === undefined ? 'neither' : 'both'} of "alert" and "record": give exactly one`);
  }
  const [onlyAlert] = Object.entries({ forDuration, annotations }).find(([, value]) => record !== undefined && value !== undefined) ?? [];
  if (onlyAlert) {
    throw new Error(`"${onlyAlert}" is given for "${record}" of group "${group}", which is a recording rule: leave it out, or give "alert"`);
  }
  // https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
  checkText('expr', expr, /\S/, 'every rule a query');
  checkText('alert', alert, /\S/, 'the alert a name');
  checkText('record', record, /^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'the name of a metric: letters, digits, "_" and ":", not beginning with a digit');
  for (const [prop, given] of Object.entries({ labels, annotations })) {
    Object.keys(given ?? {}).forEach(key => checkText(prop, key, /^[a-zA-Z_][a-zA-Z0-9_]*$/, 'names of labels: letters, digits and "_", not beginning with a digit'));
  }
  return {
    alert,
    record,
    expr,
    for: forDuration && goDuration(checkSeconds('forDuration', forDuration, 0)),
    labels: labels && sortKeys(labels),
    annotations: annotations && sortKeys(annotations),
  };
}
