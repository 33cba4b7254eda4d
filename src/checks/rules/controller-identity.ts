import { Check } from '../check';
import { destination, HelmRelease } from '../delivered';
import { launchTemplateOf } from '../launch-template';
import { ClusterFacts, Platform } from '../platform';
import { ROLE_ANNOTATION } from '../service-account';
import { known, listOf } from '../values';

/** Controllers that call AWS: where their values have the service account, and its name where they say nothing; undefined is the release's. */
const CONTROLLERS: { [chart: string]: [accounts: string[], name?: string] } = {
  'aws-load-balancer-controller': [['serviceAccount']],
  'cluster-autoscaler': [['rbac', 'serviceAccount'], ''],
  'karpenter': [['serviceAccount']],
  'external-dns': [['serviceAccount']],
  'aws-ebs-csi-driver': [['controller', 'serviceAccount'], 'ebs-csi-controller-sa'],
  'aws-efs-csi-driver': [['controller', 'serviceAccount'], 'efs-csi-controller-sa'],
};

/** The same of managed add-ons, in kube-system. */
const ADDONS: { [name: string]: string } = {
  'aws-ebs-csi-driver': 'ebs-csi-controller-sa',
  'aws-efs-csi-driver': 'efs-csi-controller-sa',
};

function accountOf({ release = '', chartName = '', values }: HelmRelease, path: string[], usual: string | undefined): { name?: string; annotations?: any } {
  const { name, annotations } = path.reduce((value, key) => value?.[key], values) ?? {};
  const own = release.includes(chartName) ? release : `${release}-${chartName}`;
  return { name: name === undefined || name === '' ? usual ?? own : known<string>(name), annotations };
}

/** Why the load balancer controller cannot find out from its node where it is; undefined where it can, or where that is not known. */
function silence(platform: Platform, cluster: ClusterFacts): string | undefined {
  const groups = platform.ofCluster(cluster, 'AWS::EKS::Nodegroup');
  const isLimited = groups.map(group => launchTemplateOf(platform, group)?.properties.LaunchTemplateData?.MetadataOptions)
    .every(options => Number(options?.HttpPutResponseHopLimit) === 1);
  const isFargate = groups.length === 0 && platform.ofCluster(cluster, 'AWS::EKS::FargateProfile').length > 0;
  return isFargate ? 'there is nobody to ask on Fargate' : groups.length > 0 && isLimited ? 'the nodes have a hop limit of 1' : undefined;
}

export const CONTROLLER_IDENTITY: Check = {
  id: 'controller-identity',
  title: 'A controller that calls AWS has a role of its own, and knows where it is',
  severity: 'warning',
  fix: 'Associate its service account with a role, or annotate it with one; give region and vpcId',
  reason: 'Without one it asks for the role of the node, which a hop limit of 1 does not let it have, and which should not have such permissions.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Addon')) {
      const { AddonName: addon, ServiceAccountRoleArn: role, PodIdentityAssociations: associations } = resource.properties;
      const { cluster, clusterKey } = destination(platform, resource);
      const account = ADDONS[addon];
      const isGiven = role !== undefined || (associations !== undefined && listOf(associations).length > 0);
      if (cluster && account && !isGiven && !platform.serviceAccountRoles.ofAccount(clusterKey, 'kube-system', account)) {
        yield { resource, location: 'PodIdentityAssociations', message: `nothing gives a role to its service account "${account}"` };
      }
    }
    for (const { resource, name: object, chartName, cluster, values } of platform.releases) {
      const missing = ['region', 'vpcId'].filter(value => !values[value] && !(value === 'vpcId' && values.vpcTags));
      const why = chartName === 'aws-load-balancer-controller' && cluster && values.hostNetwork !== true ? silence(platform, cluster) : undefined;
      if (why !== undefined && missing.length > 0) {
        yield { resource, object, location: 'values', message: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not given, and ${why}` };
      }
    }
    for (const release of platform.releases) {
      const controller = CONTROLLERS[release.chartName ?? ''];
      const account = controller && accountOf(release, ...controller as [string[], string | undefined]);
      const provider = known(release.values.provider?.name ?? release.values.provider ?? release.values.cloudProvider);
      if (!release.cluster || !account?.name || release.namespace === undefined || (typeof provider === 'string' && provider !== 'aws')) {
        continue;
      }
      if (account.annotations?.[ROLE_ANNOTATION] === undefined && !platform.serviceAccountRoles.ofRelease(release, account.name)) {
        yield { resource: release.resource, object: release.name, message: `nothing gives a role to its service account "${account.name}"` };
      }
    }
  },
};
