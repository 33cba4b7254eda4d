import { Template } from 'aws-cdk-lib/assertions';
import { newStack, releaseValues, withHelm } from './fixtures';
import { VerticalPodAutoscaler, VerticalPodAutoscalerOptions } from '../../src/addons/vertical-pod-autoscaler';
import { newCluster } from '../clusters';

const values = (options: VerticalPodAutoscalerOptions = {}) => {
  const stack = newStack();
  new VerticalPodAutoscaler(stack, 'Vpa', { cluster: withHelm(newCluster(stack)), ...options });
  return releaseValues(Template.fromStack(stack), 'vertical-pod-autoscaler');
};
const enabled = ({ updater, admissionController }: any) => [updater.enabled, admissionController.enabled];

test('it changes pods, unless it shall only say what they need', () => {
  expect(enabled(values())).toEqual([true, true]);
  expect(enabled(values({ recommendOnly: true }))).toEqual([false, false]);
});

test('the user\'s values win', () => {
  expect(enabled(values({ recommendOnly: true, values: { admissionController: { enabled: true } } }))).toEqual([false, true]);
});
