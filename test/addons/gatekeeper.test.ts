import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack, releaseValues, withHelm } from './fixtures';
import { Gatekeeper, GatekeeperOptions } from '../../src/addons/gatekeeper';
import { newCluster } from '../clusters';

const add = (options: GatekeeperOptions = {}) => {
  const stack = newStack();
  new Gatekeeper(stack, 'Gatekeeper', { cluster: withHelm(newCluster(stack)), ...options });
  return stack;
};
const values = (options?: GatekeeperOptions) => releaseValues(Template.fromStack(add(options)), 'gatekeeper');

test('it lets objects in while it is down, and looks at them a minute later at most', () => {
  expect(values()).toMatchObject({ validatingWebhookFailurePolicy: 'Ignore', auditInterval: 60, controllerManager: { exemptNamespaces: [] } });
});

test('it can be told otherwise', () => {
  expect(values({ failClosed: true, auditInterval: Duration.minutes(5), exemptNamespaces: ['karpenter'] }))
    .toMatchObject({ validatingWebhookFailurePolicy: 'Fail', auditInterval: 300, controllerManager: { exemptNamespaces: ['karpenter'] } });
  expect(() => add({ auditInterval: Duration.millis(1500) })).toThrow('"auditInterval" is 1.5 seconds');
  expect(() => add({ exemptNamespaces: ['Karpenter'] })).toThrow('"exemptNamespaces[0]" is "Karpenter"');
});

test('definitions are left to the delivery, which applies them before every upgrade', () => {
  expect(values().upgradeCRDs).toEqual({ enabled: false });
  const [release] = Object.values(Template.fromStack(add()).findResources('Custom::EKSSlipway-HelmRelease'));
  expect(release.Properties.SkipCrds).toBeUndefined();
});
