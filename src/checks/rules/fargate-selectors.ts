import { Check } from '../check';
import { inResources } from '../find';
import { listOf } from '../values';

export const FARGATE_SELECTORS: Check = {
  id: 'fargate-selectors',
  title: 'A Fargate profile selects by what it may',
  severity: 'error',
  fix: 'Give one to five selectors with a namespace each, and at most five labels',
  reason: 'EKS refuses others, and profiles for what only runs on nodes stay empty.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html',
  find: platform => inResources(platform, ['AWS::EKS::FargateProfile'], ({ properties: { Selectors: selectors } }) => {
    if (!Array.isArray(selectors)) {
      return undefined;
    }
    const message = selectors.length < 1 || selectors.length > 5
      ? `there are ${selectors.length} selectors`
      : listOf<any>(selectors).some(({ Namespace: namespace }) => namespace === undefined || namespace === '')
        ? 'a selector has no Namespace'
        : listOf<any>(selectors).some(({ Labels: labels }) => labels?.length > 5) ? 'a selector has more than five labels' : undefined;
    return message !== undefined && ['Selectors', message];
  }),
};
