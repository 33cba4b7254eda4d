import { AwsModel } from '../aws-model';
import { Rule } from '../rule';

/** `AWS::EKS::PodIdentityAssociation`: one for each service account. */
export const podIdentityAssociation: Rule = {
  refuse(properties, model, before) {
    model.cluster(properties.ClusterName);
    const { ClusterName, Namespace, ServiceAccount } = properties;
    return !before && isAssociated(model, ClusterName, Namespace, ServiceAccount)
      ? `association already exists: service account ${Namespace}/${ServiceAccount} of cluster ${ClusterName}` : undefined;
  },
};

export function isAssociated(model: AwsModel, cluster: string, namespace: string, serviceAccount: string): boolean {
  return model.world.ofType('AWS::EKS::PodIdentityAssociation').some(({ properties: p }) =>
    p.ClusterName === cluster && p.Namespace === namespace && p.ServiceAccount === serviceAccount);
}
