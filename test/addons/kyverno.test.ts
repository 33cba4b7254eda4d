import { Template } from 'aws-cdk-lib/assertions';
import { newStack, releaseValues, withHelm } from './fixtures';
import { Kyverno, KyvernoOptions } from '../../src/addons/kyverno';
import { newCluster } from '../clusters';

const add = (options: KyvernoOptions = {}) => {
  const stack = newStack();
  new Kyverno(stack, 'Kyverno', { cluster: withHelm(newCluster(stack)), ...options });
  return stack;
};
const values = (options?: KyvernoOptions) => releaseValues(Template.fromStack(add(options)), 'kyverno');
const excluded = ({ config }: any) => config.webhooks.namespaceSelector.matchExpressions;

test('every controller has a stand-in and a budget, the one that answers the API server two', () => {
  const { admissionController, backgroundController, cleanupController, reportsController } = values();
  const controllers = [admissionController, backgroundController, cleanupController, reportsController];
  expect(controllers.map(({ replicas }) => replicas)).toEqual([3, 2, 2, 2]);
  expect(controllers.map(({ podDisruptionBudget }) => podDisruptionBudget.enabled)).toEqual([true, true, true, true]);
});

test('policies reach every namespace but kube-system, or those that are given', () => {
  expect(excluded(values())).toEqual([{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }]);
  expect(excluded(values({ excludedNamespaces: ['kube-system', 'karpenter'] }))[0].values).toEqual(['kube-system', 'karpenter']);
  expect(() => add({ excludedNamespaces: ['kube-system', 'Karpenter'] })).toThrow('"excludedNamespaces[1]" is "Karpenter"');
});
