import { destination } from './delivered';
import type { Platform } from './platform';

/** What stands for a chart that has no name of its own: a folder, or a name that only the deployment knows. */
export const UNNAMED = '?';

/** The charts, managed add-ons and capabilities that the app installs, by the key of the cluster. */
export function installedByCluster(platform: Platform): Map<string, Set<string>> {
  const installed = new Map<string, Set<string>>();
  const add = (key: string, name: string) => installed.set(key, (installed.get(key) ?? new Set()).add(name));
  for (const { clusterKey, chartName = UNNAMED } of platform.releases) {
    add(clusterKey, chartName);
  }
  for (const resource of platform.ofType('AWS::EKS::Addon', 'AWS::EKS::Capability')) {
    add(destination(platform, resource).clusterKey, String(resource.properties.AddonName ?? resource.properties.Type));
  }
  return installed;
}
