import { Properties } from '../../engine/provider';
import { AwsModel } from '../aws-model';
import { Rule } from '../rule';

/** `AWS::EKS::AccessEntry`: one for each principal, and it lets in only after a while. */
export const accessEntry: Rule = {
  refuse(properties, model, before) {
    model.cluster(properties.ClusterName);
    const id = `${properties.PrincipalArn}|${properties.ClusterName}`;
    if (!before && model.world.get('AWS::EKS::AccessEntry', id)) {
      return `the specified access entry resource is already in use on this cluster (${properties.PrincipalArn})`;
    }
    if (!['STANDARD', undefined].includes(properties.Type) && (properties.AccessPolicies?.length || properties.KubernetesGroups?.length)) {
      return `access policies and groups cannot be given to an access entry of type ${properties.Type}`;
    }
    return undefined;
  },
  async created(thing, model) { admit(thing.properties, model); },
  async updated(thing, _, model) { admit(thing.properties, model); },
  async deleted(thing, model) {
    model.clusters.get(thing.properties.ClusterName)?.expel(thing.properties.PrincipalArn);
  },
};

function admit(properties: Properties, model: AwsModel): void {
  const isAdmin = (properties.AccessPolicies ?? []).some(({ PolicyArn, AccessScope }: any) => /AmazonEKSClusterAdminPolicy$/.test(PolicyArn) && AccessScope.Type === 'cluster');
  model.cluster(properties.ClusterName).admit(properties.PrincipalArn, [...isAdmin ? ['system:masters'] : [], ...properties.KubernetesGroups ?? []], model.pace.access);
}
