import { CfnResource, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { resourcesOf } from './installed';

/**
 * Refuses at synth that two resources of a type have the same name in a cluster: EKS refuses the second one in the middle of a
 * deployment. Of two that are made here, the later one speaks.
 */
export function onlyOne(
  construct: Construct, resource: CfnResource, cluster: eks.ICluster, names: Record<string, string | undefined>, complaint: (other: string) => string,
): void {
  if (Object.values(names).some(name => name === undefined || Token.isUnresolved(name))) {
    return;
  }
  construct.node.addValidation({
    validate: () => {
      const alike = resourcesOf(cluster, resource.cfnResourceType)
        .filter(candidate => Object.entries(names).every(([field, name]) => (candidate as any)[field] === name));
      const other = alike[0] === resource ? undefined : alike[0];
      return other ? [complaint(other.node.path.replace(/\/Resource$/, ''))] : [];
    },
  });
}
