import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { checkNamespace } from '../private/kubernetes-names';

/**
 * An EKS access policy, and where in the cluster it applies: everywhere, or in some namespaces.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export class ClusterAccessPolicy implements eks.IAccessPolicy {
  /** Everything. */
  public static readonly CLUSTER_ADMIN = new ClusterAccessPolicy('AmazonEKSClusterAdminPolicy');

  /** Most things in namespaces, roles and role bindings too. */
  public static readonly ADMIN = new ClusterAccessPolicy('AmazonEKSAdminPolicy');

  /** Sees everything, Secrets too. */
  public static readonly ADMIN_VIEW = new ClusterAccessPolicy('AmazonEKSAdminViewPolicy');

  /** Changes most things in namespaces. */
  public static readonly EDIT = new ClusterAccessPolicy('AmazonEKSEditPolicy');

  /** Sees most things in namespaces, no Secrets. */
  public static readonly VIEW = new ClusterAccessPolicy('AmazonEKSViewPolicy');

  /** Reads Secrets. */
  public static readonly SECRET_READER = new ClusterAccessPolicy('AmazonEKSSecretReaderPolicy');

  /** For the role of nodes that an Auto Mode NodeClass of your own makes, in an entry of type EC2. */
  public static readonly AUTO_NODE = new ClusterAccessPolicy('AmazonEKSAutoNodePolicy');

  /**
   * Any access policy by its name (`aws eks list-access-policies` lists them), such as 'AmazonEKSACKPolicy'.
   */
  public static of(policyName: string): ClusterAccessPolicy {
    if (!Token.isUnresolved(policyName) && !/^[A-Za-z][A-Za-z0-9]*$/.test(policyName)) {
      throw new Error(`"policyName" is "${policyName}": give the name of an EKS access policy, such as "AmazonEKSViewPolicy", not an ARN`);
    }
    return new ClusterAccessPolicy(policyName);
  }

  /** Name of the policy. */
  public readonly policyName: string;

  /** ARN of the policy. */
  public readonly policy: string;

  /** Where the policy applies. */
  public readonly accessScope: eks.AccessScope;

  private constructor(policyName: string, namespaces?: string[]) {
    this.policyName = policyName;
    this.policy = eks.AccessPolicyArn.of(policyName).policyArn;
    this.accessScope = namespaces ? { type: eks.AccessScopeType.NAMESPACE, namespaces } : { type: eks.AccessScopeType.CLUSTER };
  }

  /**
   * The same policy, in some namespaces only. A name may end in "*".
   */
  public inNamespaces(...namespaces: string[]): ClusterAccessPolicy {
    if (namespaces.length === 0) {
      throw new Error(`"namespaces" is empty for ${this.policyName}: name at least one namespace, or leave inNamespaces() out for the whole cluster`);
    }
    namespaces.forEach(namespace => checkNamespace('namespaces', namespace.replace(/\*$/, 'x')));
    return new ClusterAccessPolicy(this.policyName, namespaces);
  }
}
