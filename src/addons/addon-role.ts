import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AddonRoleOptions } from './addon-role-options';
import { inlinePolicies } from './inline-policies';
import { ManagedAddonProps } from '../delivery/managed-addon';
import { workloadRole } from '../identity/workload-role';

/** What the pods of an EKS add-on are, and what they may do. */
export interface AddonRoleProps {
  readonly cluster: eks.ICluster;
  readonly options: AddonRoleOptions;
  readonly what: string;
  readonly namespace: string;
  /** The service account that gets the role. */
  readonly serviceAccount: string;
  /** Others of the add-on: by IRSA, EKS gives one role to all. */
  readonly otherServiceAccounts?: string[];
  readonly managedPolicies?: iam.IManagedPolicy[];
  /** Inline policies by name; those without statements are left out. */
  readonly policies?: Record<string, iam.PolicyStatement[]>;
}

/** The role of an EKS add-on's pods, and how EKS is told of it. */
export interface AddonRole extends Pick<ManagedAddonProps, 'podIdentities' | 'serviceAccountRole'> {
  readonly role: iam.Role;
}

/** The role of an EKS add-on's pods: hand what else this returns to `ManagedAddon`. */
export function addonRole(scope: Construct, id: string, props: AddonRoleProps): AddonRole {
  const { cluster, namespace, serviceAccount, otherServiceAccounts = [] } = props;
  const irsa = props.options.identityType === eks.IdentityType.IRSA;
  const role = workloadRole(scope, id, {
    cluster,
    identityType: props.options.identityType,
    namespace,
    serviceAccount: otherServiceAccounts.length > 0 ? [serviceAccount, ...otherServiceAccounts] : serviceAccount,
    description: `${props.what} (${namespace}/${serviceAccount})`,
    managedPolicies: props.managedPolicies,
  });
  const policies = Object.entries(props.policies ?? {}).filter(([, statements]) => statements.length > 0);
  if (policies.length > 0) {
    inlinePolicies(role, Object.fromEntries(policies));
  }
  return irsa ? { role, serviceAccountRole: role } : { role, podIdentities: [{ serviceAccount, role }] };
}
