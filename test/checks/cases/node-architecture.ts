import { Bad, Good, nodeGroup, template } from '../fixtures';

export const good: Good = {
  'types of the image\'s architecture': stack => nodeGroup(stack, { AmiType: 'AL2023_ARM_64_STANDARD', InstanceTypes: ['m7g.large', 'c7g.large'] }),
  'types that are not known': stack => nodeGroup(stack, { AmiType: 'AL2023_ARM_64_STANDARD', InstanceTypes: ['m99x.large'] }),
  'an image of the user\'s': stack => nodeGroup(stack, { AmiType: 'CUSTOM', InstanceTypes: ['m7g.large'] }),
  'what only the deployment knows': stack => nodeGroup(stack, { AmiType: 'AL2023_ARM_64_STANDARD', LaunchTemplate: { Id: template(stack, { InstanceType: { Ref: 'Type' } }) } }),
};

export const bad: Bad = {
  'another architecture than the image\'s': [stack => nodeGroup(stack, { AmiType: 'AL2023_x86_64_STANDARD', InstanceTypes: ['m7g.large'] }), 'm7g.large is arm64, and AmiType AL2023_x86_64_STANDARD is not'],
  'two architectures': [stack => nodeGroup(stack, { InstanceTypes: ['m7i.large', 'm7g.large'] }), 'm7g.large is arm64, and m7i.large is not'],
  'the type of the launch template': [stack => nodeGroup(stack, { AmiType: 'AL2023_x86_64_STANDARD', LaunchTemplate: { Id: template(stack, { InstanceType: 'm7g.large' }) } }), 'm7g.large is arm64, and AmiType AL2023_x86_64_STANDARD is not'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['InstanceTypes'];
