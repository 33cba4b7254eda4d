import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What the trust of a workload's role depends on. */
export interface WorkloadRoleProps {
  readonly cluster: eks.ICluster;
  readonly namespace: string;
  /** One, or several that share the role: pods of an EKS add-on which takes one role for all. */
  readonly serviceAccount: string | string[];
  readonly identityType?: eks.IdentityType;
  readonly description?: string;
  readonly managedPolicies?: iam.IManagedPolicy[];
  readonly roleName?: string;
}

/** A role that pods of one service account (or of several) may assume, by Pod Identity (the default) or through the cluster's OIDC provider. */
export function workloadRole(scope: Construct, id: string, props: WorkloadRoleProps): iam.Role {
  const { description, managedPolicies, roleName } = props;
  if (props.identityType !== eks.IdentityType.IRSA) {
    const assumedBy = new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com'));
    return new iam.Role(scope, id, { assumedBy, description, managedPolicies, roleName });
  }

  const provider = props.cluster.openIdConnectProvider;
  const issuer = provider.openIdConnectProviderIssuer;
  const subject = (serviceAccount: string) => `system:serviceaccount:${props.namespace}:${serviceAccount}`;
  const conditions = (host: string) => ({
    StringEquals: {
      [`${host}:aud`]: 'sts.amazonaws.com',
      [`${host}:sub`]: Array.isArray(props.serviceAccount) ? props.serviceAccount.map(subject) : subject(props.serviceAccount),
    },
  });
  if (!Token.isUnresolved(issuer)) {
    const assumedBy = new iam.WebIdentityPrincipal(provider.openIdConnectProviderArn, conditions(issuer));
    return new iam.Role(scope, id, { assumedBy, description, managedPolicies, roleName });
  }

  // A condition key cannot be an intrinsic: the whole document becomes one Fn::Sub string instead of a custom resource.
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.WebIdentityPrincipal(provider.openIdConnectProviderArn), description, managedPolicies, roleName,
  });
  const document = {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: '${Provider}' },
      Condition: conditions('${Issuer}'),
    }],
  };
  (role.node.defaultChild as iam.CfnRole).assumeRolePolicyDocument = Fn.sub(Stack.of(scope).toJsonString(document), {
    Provider: provider.openIdConnectProviderArn,
    Issuer: issuer,
  });
  return role;
}
