import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { PinnedChart } from '../catalogue/charts';
import { ServiceAccountRole } from '../identity/service-account-role';

/** What an add-on is told of the identity of its controller. */
export interface ChartRoleProps {
  readonly cluster: eks.ICluster;
  readonly identityType?: eks.IdentityType;
}

/** The role of the service account that a pinned chart names. */
export function chartRole(scope: Construct, pinned: PinnedChart, who: string, { cluster, identityType }: ChartRoleProps): ServiceAccountRole {
  const { namespace, serviceAccount } = pinned;
  return new ServiceAccountRole(scope, 'Identity', {
    cluster, namespace, serviceAccount: serviceAccount!, identityType, description: `${who} (${namespace}/${serviceAccount})`,
  });
}
