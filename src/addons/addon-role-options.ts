import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * What every EKS add-on can be given whose pods have a role.
 */
export interface AddonRoleOptions extends ManagedAddonOptions {
  /**
   * How the add-on's pods get their role. Pod Identity needs the pod identity agent (`PodIdentityAgent`, which PlatformCluster has).
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;
}
