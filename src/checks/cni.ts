import { Destination, destination } from './delivered';
import type { Platform } from './platform';
import type { Resource } from './resource';
import { parseJson } from './values';

/** What configures the VPC CNI: the add-on, or the release of its chart, which takes the same values. */
export interface CniConfiguration extends Destination {
  readonly resource: Resource;
  readonly location: string;
  readonly values: any;
}

export function cniConfigurations(platform: Platform): CniConfiguration[] {
  return [
    ...platform.ofType('AWS::EKS::Addon').filter(({ properties }) => properties.AddonName === 'vpc-cni').map(resource => ({
      ...destination(platform, resource), resource, location: 'ConfigurationValues', values: parseJson(resource.properties.ConfigurationValues) ?? {},
    })),
    ...platform.releases.filter(({ chartName }) => chartName === 'aws-vpc-cni').map(release => ({ ...release, location: 'values' })),
  ];
}
