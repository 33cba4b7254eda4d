import { Check } from '../check';
import { inObjects } from '../find';
import { known } from '../values';

export const KARPENTER_CLASS: Check = {
  id: 'karpenter-class',
  title: 'A pool names a node class that there is',
  severity: 'warning',
  fix: 'Give the name of an EC2NodeClass',
  reason: 'Karpenter launches nothing for the pool.',
  link: 'https://karpenter.sh/docs/concepts/nodepools/',
  find: platform => inObjects(platform, ['NodePool'], object => {
    const { group, kind, name } = object.manifest.spec?.template?.spec?.nodeClassRef ?? {};
    const classes = platform.ofKindIn(object.clusterKey, 'EC2NodeClass').map(({ manifest }) => manifest.metadata?.name);
    return group === 'karpenter.k8s.aws' && kind === 'EC2NodeClass' && known(name) !== undefined && classes.length > 0 && !classes.includes(name)
      && ['spec.template.spec.nodeClassRef', `"${name}" is none of the classes ${classes.map(other => `"${other}"`).join(', ')}`];
  }),
};
