import { Check } from '../check';
import { inObjects } from '../find';
import { ClusterFacts, Platform } from '../platform';
import { Resource } from '../resource';
import { isUnknown, known, knownText, listOf } from '../values';

/** Subnets of the VPC of a cluster, where the app makes it. */
function subnetsBeside(platform: Platform, { resource, properties }: ClusterFacts): Resource[] {
  const [vpc] = platform.targets(properties.ResourcesVpcConfig?.SubnetIds, resource.template)
    .map(subnet => subnet && platform.target(subnet.properties.VpcId, subnet.template)).filter(Boolean);
  return vpc ? platform.referringTo(vpc, 'AWS::EC2::Subnet', 'VpcId') : [];
}

/** Whether all is known that a term asks for: tags, and none of AWS's own. */
function isReadable(tags: any): boolean {
  return tags !== undefined && Object.entries(tags).length > 0 && Object.entries<any>(tags).every(([key, value]) => [key, value].every(text => knownText(text) !== undefined) && !key.startsWith('aws:'));
}

/** Tags of which something is not known may be the ones. */
function hasTags({ properties: { Tags: own } }: Resource, tags: any): boolean {
  return isUnknown(own) || Object.entries<any>(tags).every(([key, value]) => listOf<any>(own).some(tag =>
    isUnknown(tag.Key) || (tag.Key === key && (value === '*' || value === tag.Value || isUnknown(tag.Value)))));
}

export const KARPENTER_CLASS: Check = {
  id: 'karpenter-class',
  title: 'A pool names a node class that there is, and that one subnets',
  severity: 'warning',
  fix: 'Give the name of an EC2NodeClass, and tags that subnets of the VPC have',
  reason: 'Karpenter launches nothing for the pool.',
  link: 'https://karpenter.sh/docs/concepts/nodepools/',
  * find(platform) {
    yield* inObjects(platform, ['NodePool'], object => {
      const { group, kind, name } = object.manifest.spec?.template?.spec?.nodeClassRef ?? {};
      const classes = platform.ofKindIn(object.clusterKey, 'EC2NodeClass').map(({ manifest }) => manifest.metadata?.name);
      return group === 'karpenter.k8s.aws' && kind === 'EC2NodeClass' && known(name) !== undefined && classes.length > 0 && !classes.includes(name)
        && ['spec.template.spec.nodeClassRef', `"${name}" is none of the classes ${classes.map(other => `"${other}"`).join(', ')}`];
    });
    yield* inObjects(platform, ['EC2NodeClass'], ({ cluster, manifest: { spec } }) => {
      const subnets = cluster ? subnetsBeside(platform, cluster) : [];
      const terms: any[] = listOf(spec?.subnetSelectorTerms).map((term: any) => term.tags);
      const isFound = subnets.length === 0 || terms.some(tags => !isReadable(tags) || subnets.some(subnet => hasTags(subnet, tags)));
      return terms.length > 0 && !isFound && ['spec.subnetSelectorTerms', `no subnet of the VPC of ${cluster!.resource.path} has the tags ${JSON.stringify(terms[0])}`];
    });
  },
};
