import { REPLACE_ME } from './common';
import { Notes } from './migration-note';

/** Images of Ubuntu, which v1 knows nothing of. */
function ubuntuImages(hasTerms: boolean, notes: Notes): any[] {
  notes.decide('spec.amiFamily', 'the family Ubuntu is gone. It is "Custom" now: write into "userData" what joins a node to the cluster (/etc/eks/bootstrap.sh), '
    + 'and the kubelet settings of the class, which Karpenter does not pass on');
  if (!hasTerms) {
    notes.decide('spec.amiSelectorTerms', `Karpenter looked up Canonical's image before. "${REPLACE_ME}" stands for its name or SSM parameter `
      + '(/aws/service/canonical/ubuntu/eks/RELEASE/KUBERNETES/stable/current/ARCHITECTURE/hvm/ebs-gp2/ami-id)');
  }
  return [{ ssmParameter: REPLACE_ME }];
}

/** Image family and images of v1. */
export function images(family: string, terms: any[] | undefined, notes: Notes): any {
  if (family === 'AL2') {
    notes.decide('spec.amiFamily', 'AWS makes no images of Amazon Linux 2 for Kubernetes 1.33 and later: choose al2023 or bottlerocket, whose user data have other formats');
  }
  if (family === 'Ubuntu') {
    const found = ubuntuImages(terms !== undefined, notes);
    return { amiFamily: 'Custom', amiSelectorTerms: terms ?? found };
  }
  if (terms) {
    return { amiFamily: family, amiSelectorTerms: terms };
  }
  if (family === 'Custom') {
    notes.decide('spec.amiSelectorTerms', `the family Custom has no images of its own: "${REPLACE_ME}" stands for the name of yours`);
    return { amiFamily: family, amiSelectorTerms: [{ name: REPLACE_ME }] };
  }
  const alias = `${family.toLowerCase()}@latest`;
  const pinned = family === 'Bottlerocket' ? 'bottlerocket@v1.40.0' : `${family.toLowerCase()}@v20260801`;
  notes.changed('spec.amiFamily', `is the alias ${alias}, which means the same: the newest image, and nodes are replaced when there is a newer one`
    + (family.startsWith('Windows') ? '' : ` (pin one, such as ${pinned}, to choose the time yourself)`));
  return { amiSelectorTerms: [{ alias }] };
}
