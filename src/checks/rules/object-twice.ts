import { Check } from '../check';
import { DeliveredObject } from '../delivered';
import { repeats } from '../repeats';
import { known } from '../values';

export const OBJECT_TWICE: Check = {
  id: 'object-twice',
  title: 'Every object is delivered once',
  severity: 'error',
  fix: 'Remove it from one of the charts, or give it another name or namespace',
  reason: 'The second delivery is refused by this library; with CDK\'s own handler the last one wins, and removing either removes it.',
  link: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks_v2-readme.html#kubernetes-manifests',
  * find({ objects }) {
    const named = objects.filter(({ manifest: { metadata } }) => known(metadata?.name) !== undefined
      && (metadata.namespace === undefined || known(metadata.namespace) !== undefined));
    const keyOf = ({ clusterKey, manifest: { apiVersion, kind, metadata } }: DeliveredObject) =>
      [clusterKey, String(apiVersion).replace(/\/?[^/]*$/, ''), kind, metadata.namespace ?? 'default', metadata.name];
    for (const [{ resource, name: object }, other] of repeats(named, keyOf)) {
      yield { resource, object, message: other.resource.path === resource.path ? 'it stands here twice' : `${other.resource.path} delivers it too` };
    }
  },
};
