import { Platform } from './platform';
import { Pod } from './pod';
import { Resource } from './resource';
import { known, listOf } from './values';

/** The Fargate profile that takes the pods, where the app makes it. */
export function fargateProfileOf(platform: Platform, { object, namespace, labels, kind }: Pod): Resource | undefined {
  return platform.ofType('AWS::EKS::FargateProfile').find(({ properties, template }) => {
    const cluster = platform.cluster(properties.ClusterName, template);
    const same = object.cluster ? object.cluster === cluster : object.clusterKey === JSON.stringify(properties.ClusterName);
    return kind !== 'DaemonSet' && same && listOf<any>(properties.Selectors).some((selector: any) => matches(selector.Namespace, namespace)
      && listOf<any>(selector.Labels).every(({ Key: key, Value: value }: any) => matches(value, labels[key])));
  });
}

/** A selector may have "*" for any characters and "?" for one. */
function matches(pattern: any, text: string | undefined): boolean {
  if (known(pattern) === undefined || text === undefined) {
    return false;
  }
  return new RegExp(`^${String(pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text);
}
