import { Bad, Good, nodeGroup, resource } from '../fixtures';

export const good: Good = {
  'a managed node group': stack => nodeGroup(stack),
  'an Auto Scaling group of something else': stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { MinSize: '0', MaxSize: '1', Tags: [{ Key: 'team', Value: 'shop', PropagateAtLaunch: true }] }),
};

export const bad: Bad = {
  'its own': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { MinSize: '0', MaxSize: '1', Tags: [{ Key: 'kubernetes.io/cluster/platform', Value: 'owned', PropagateAtLaunch: true }] }),
    'kubernetes.io/cluster/NAME is on an Auto Scaling group of its own'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Tags'];
