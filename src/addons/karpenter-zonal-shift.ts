import { Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { clusterResource } from '../private/cluster-facts';

/** Whether a cluster of this app has zonal shift on; undefined where that cannot be told. */
function zonalShiftAtSynth(cluster: eks.ICluster): boolean | undefined {
  const resource = clusterResource(cluster);
  if (!resource) {
    return undefined;
  }
  // As it will stand in the template: users of the stock class set it by an override.
  const [template]: any[] = Object.values(Stack.of(resource).resolve((resource as any)._toCloudFormation()).Resources);
  const enabled = template.Properties?.ZonalShiftConfig?.Enabled;
  return Token.isUnresolved(enabled) || typeof enabled === 'object' ? undefined : enabled === true;
}

/** Whether Karpenter is to heed zonal shifts when nobody says. */
export function hasZonalShift(cluster: eks.ICluster): boolean {
  return zonalShiftAtSynth(cluster) === true;
}

/** Karpenter does not start on a cluster that zonal shift does not know. */
export function zonalShiftErrors(cluster: eks.ICluster): string[] {
  return zonalShiftAtSynth(cluster) === false
    ? [`"zonalShift" is true, but cluster ${cluster.node.path} has no zonal shift, and Karpenter would not start: switch it on (PlatformCluster has a prop for it), or leave this out`]
    : [];
}
