import { Match, Template } from 'aws-cdk-lib/assertions';
import { chartObjects, newStack } from './fixtures';
import { SnapshotController } from '../../src/addons/snapshot-controller';
import { newCluster } from '../clusters';

test('the default class of snapshots comes after its definition, which the add-on brings', () => {
  const stack = newStack();
  new SnapshotController(stack, 'Snapshots', { cluster: newCluster(stack) });
  const template = Template.fromStack(stack);
  expect(chartObjects(template)).toEqual([expect.objectContaining({
    kind: 'VolumeSnapshotClass',
    metadata: { name: 'ebs', annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } },
  })]);
  template.hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^SnapshotsAddon')]) });
});

test('without a class there is nothing but the add-on', () => {
  const stack = newStack();
  new SnapshotController(stack, 'Snapshots', { cluster: newCluster(stack), defaultSnapshotClass: false });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'snapshot-controller' });
  template.resourceCountIs('Custom::EKSSlipway-Chart', 0);
});
