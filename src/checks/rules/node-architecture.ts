import { instanceTypeFacts } from '../../catalogue/instance-types';
import { Check } from '../check';
import { inResources } from '../find';
import { instanceTypesOf } from '../node-groups';
import { known } from '../values';

function imageArchitecture(type: string | undefined): string | undefined {
  return type === undefined || type === 'CUSTOM' ? undefined : /_(ARM_?64)/i.test(type) ? 'arm64' : 'amd64';
}

export const NODE_ARCHITECTURE: Check = {
  id: 'node-architecture',
  title: 'Instance types have the architecture of their image, and all the same',
  severity: 'error',
  fix: 'Give types of one architecture, and an image of the same',
  reason: 'EKS refuses the node group, or its instances never boot.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/create-managed-node-group.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], resource => {
    const { properties } = resource;
    const types = instanceTypesOf(platform, resource);
    const architectures = types.map(type => instanceTypeFacts(type)?.architecture);
    const image = imageArchitecture(known(properties.AmiType));
    const first = architectures.find(Boolean);
    const other = architectures.findIndex(architecture => architecture && architecture !== (image ?? first));
    return other >= 0
      && ['InstanceTypes', `${types[other]} is ${architectures[other]}, and ${image ? `AmiType ${properties.AmiType}` : types[architectures.indexOf(first)]} is not`];
  }),
};
