import { Fn } from 'aws-cdk-lib';
import { Bad, Good, nodeGroup } from '../fixtures';

export const good: Good = {
  'a type': stack => nodeGroup(stack, { InstanceTypes: ['m7i.large'] }),
  'a type that the deployment knows': stack => nodeGroup(stack, { InstanceTypes: [Fn.importValue('type')] }),
};

export const bad: Bad = {
  'a typo': [stack => nodeGroup(stack, { InstanceTypes: ['m7i.larg'] }), '"m7i.larg" was no instance type'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['InstanceTypes'];
