import { INSTANCE_TYPES_CHECKED_ON, instanceTypeFacts } from '../../catalogue/instance-types';
import { Check } from '../check';
import { inResources } from '../find';
import { instanceTypesOf } from '../node-groups';

export const NODE_INSTANCE_TYPE: Check = {
  id: 'node-instance-type',
  title: 'Instance types are known',
  severity: 'warning',
  fix: 'Look whether the type is written as EC2 writes it',
  reason: 'A type that is not in the table may be newer than this library, or a typo that fails at the deployment.',
  link: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], resource => {
    const type = instanceTypesOf(platform, resource).find(item => instanceTypeFacts(item) === undefined);
    return type !== undefined && ['InstanceTypes', `"${type}" was no instance type on ${INSTANCE_TYPES_CHECKED_ON}`];
  }),
};
