import { Token } from 'aws-cdk-lib';
import { NodeRequirement, RequirementOperator } from './node-requirement';

/** All that is asked of one label. */
interface Demand {
  /** As it was written, for the error. */
  readonly texts: string[];
  values?: string[];
  readonly excluded: string[];
  least: number;
  most: number;
  present: boolean;
  absent: boolean;
  minValues: number;
}

/**
 * A check of all requirements together, the labels among them: Karpenter launches nothing for a pool whose requirements
 * leave no value of a label, and says so only when a pod waits.
 */
export function checkRequirementsTogether(requirements: NodeRequirement[] = [], labels: Record<string, string> = {}) {
  if (requirements.length > 100) {
    throw new Error(`"requirements" has ${requirements.length} entries: give at most 100`);
  }
  const all = [
    ...requirements,
    ...Object.entries(labels).map(([key, value]) => ({ key, operator: RequirementOperator.IN, values: [value], minValues: undefined })),
  ];
  const unknown = new Set(all.filter(({ key, values }) => [key, ...values].some(text => Token.isUnresolved(text))).map(({ key }) => key));
  const demands = new Map<string, Demand>();
  for (const { key, operator, values, minValues } of all.filter(requirement => !unknown.has(requirement.key))) {
    const demand = demands.get(key) ?? { texts: [], excluded: [], least: -Infinity, most: Infinity, present: false, absent: false, minValues: 0 };
    demands.set(key, demand);
    demand.texts.push([operator, ...values.map(value => `"${value}"`)].join(' '));
    demand.minValues = Math.max(demand.minValues, minValues ?? 0);
    ask(demand, operator, values);
  }
  demands.forEach((demand, key) => checkDemand(key, demand));
}

function ask(demand: Demand, operator: RequirementOperator, values: string[]) {
  const number = Number(values[0]);
  demand.absent ||= operator === RequirementOperator.DOES_NOT_EXIST;
  demand.present ||= ![RequirementOperator.DOES_NOT_EXIST, RequirementOperator.NOT_IN].includes(operator);
  switch (operator) {
    case RequirementOperator.IN: demand.values = demand.values?.filter(value => values.includes(value)) ?? values; break;
    case RequirementOperator.NOT_IN: demand.excluded.push(...values); break;
    case RequirementOperator.GREATER_THAN: demand.least = Math.max(demand.least, number + 1); break;
    case RequirementOperator.GREATER_THAN_OR_EQUAL: demand.least = Math.max(demand.least, number); break;
    case RequirementOperator.LESS_THAN: demand.most = Math.min(demand.most, number - 1); break;
    case RequirementOperator.LESS_THAN_OR_EQUAL: demand.most = Math.min(demand.most, number); break;
    default:
  }
}

function checkDemand(key: string, demand: Demand) {
  const compared = demand.least > -Infinity || demand.most < Infinity;
  const between = (value: string) => !compared || (Number(value) >= demand.least && Number(value) <= demand.most);
  const left = demand.values?.filter(value => !demand.excluded.includes(value) && between(value));
  if ((demand.absent && demand.present) || demand.least > demand.most || left?.length === 0) {
    throw new Error(`"requirements" and "labels" leave no value of "${key}" (${demand.texts.join('; ')}), so that no node could be launched: change or remove one of them`);
  }
  if (left && new Set(left).size < demand.minValues) {
    throw new Error(`"minValues" of requirement "${key}" is ${demand.minValues} but ${new Set(left).size} values are left (${demand.texts.join('; ')}): give more values, or a lower "minValues"`);
  }
}
