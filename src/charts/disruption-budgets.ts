import { Token } from 'aws-cdk-lib';
import { checkCron } from './cron';
import { DisruptionBudget } from './node-disruption';
import { checkSeconds } from '../private/check-number';
import { checkText } from '../private/check-text';
import { goDuration } from '../private/duration-text';
import { repeated } from '../private/repeated';

/** As the API wants it. */
export function renderBudget(budget: DisruptionBudget) {
  return {
    nodes: budget.nodes,
    schedule: budget.schedule,
    duration: budget.duration && goDuration(budget.duration),
    reasons: budget.reasons,
  };
}

/** What is wrong with the budgets by themselves. Karpenter disrupts nothing at all while one of them is wrong. */
export function checkBudgets(budgets: DisruptionBudget[] = []) {
  if (budgets.length > 50) {
    throw new Error(`"disruptionBudgets" has ${budgets.length} entries: give at most 50`);
  }
  budgets.forEach(checkBudget);
}

function checkBudget(budget: DisruptionBudget) {
  checkText('disruptionBudgets.nodes', budget.nodes, /^((100|\d{1,2})%|\d+)$/,
    'a number of nodes ("5") or a share of them from "0%" to "100%"');
  if ((budget.schedule === undefined) !== (budget.duration === undefined)) {
    const [given, missing] = budget.schedule === undefined ? ['duration', 'schedule'] : ['schedule', 'duration'];
    throw new Error(`"disruptionBudgets" has a "${given}" without a "${missing}": give both, or neither for a budget that always holds`);
  }
  if (budget.schedule !== undefined) {
    checkCron('disruptionBudgets.schedule', budget.schedule);
  }
  if (budget.duration) {
    const seconds = checkSeconds('disruptionBudgets.duration', budget.duration, 60).toSeconds();
    if (!Token.isUnresolved(seconds) && seconds % 60 !== 0) {
      throw new Error(`"disruptionBudgets.duration" is ${seconds} seconds: give whole minutes`);
    }
  }
  const twice = repeated(budget.reasons ?? []);
  if (twice !== undefined) {
    throw new Error(`"disruptionBudgets.reasons" has "${twice}" more than once: name every reason once`);
  }
  if (budget.reasons?.length === 0) {
    throw new Error('"disruptionBudgets.reasons" is empty, so that the budget would count for nothing: leave it out for all reasons');
  }
}
