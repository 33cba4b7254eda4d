import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ServiceAccountRole } from '../identity/service-account-role';

/** Lets a delivered thing wait for the roles of its pods. Returns its `Identities` property: the service accounts with an association. */
export function identities(construct: Construct, roles: ServiceAccountRole[] = []): string[] | undefined {
  construct.node.addDependency(...roles);
  const associated = roles.filter(role => role.identityType === eks.IdentityType.POD_IDENTITY).map(role => `${role.namespace}/${role.serviceAccount}`);
  return associated.length > 0 ? [...new Set(associated)].sort() : undefined;
}
