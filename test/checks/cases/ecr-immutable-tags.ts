import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'immutable': stack => resource(stack, 'Images', 'AWS::ECR::Repository', { ImageTagMutability: 'IMMUTABLE' }),
  'all but some': stack => resource(stack, 'Images', 'AWS::ECR::Repository', { ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }),
};

export const bad: Bad = {
  'nothing is said': [stack => resource(stack, 'Images', 'AWS::ECR::Repository'), 'ImageTagMutability is MUTABLE'],
  'mutable': [stack => resource(stack, 'Images', 'AWS::ECR::Repository', { ImageTagMutability: 'MUTABLE' }), 'ImageTagMutability is MUTABLE'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ImageTagMutability'];
