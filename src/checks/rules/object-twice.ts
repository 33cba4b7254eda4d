import { Check } from '../check';
import { known } from '../values';

export const OBJECT_TWICE: Check = {
  id: 'object-twice',
  title: 'Every object is delivered once',
  severity: 'error',
  fix: 'Remove it from one of the charts, or give it another name or namespace',
  reason: 'The second delivery is refused by this library; with CDK\'s own handler the last one wins, and removing either removes it.',
  link: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks_v2-readme.html#kubernetes-manifests',
  * find({ objects }) {
    const seen = new Map<string, string>();
    for (const { resource, name: object, clusterKey, manifest: { apiVersion, kind, metadata } } of objects) {
      if (known(metadata?.name) === undefined || (metadata.namespace !== undefined && known(metadata.namespace) === undefined)) {
        continue;
      }
      const key = JSON.stringify([clusterKey, String(apiVersion).replace(/\/?[^/]*$/, ''), kind, metadata.namespace ?? 'default', metadata.name]);
      const other = seen.get(key);
      if (other !== undefined) {
        yield { resource, object, message: other === resource.path ? 'it stands here twice' : `${other} delivers it too` };
      }
      seen.set(key, resource.path);
    }
  },
};
