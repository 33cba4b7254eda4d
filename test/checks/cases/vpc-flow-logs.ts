import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'flow logs': stack => resource(stack, 'Log', 'AWS::EC2::FlowLog', { ResourceId: resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }).ref }),
};

export const bad: Bad = {
  none: [stack => resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), 'it has no flow logs'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [''];
