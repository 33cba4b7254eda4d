import { readFileSync } from 'fs';
import type { ClusterFacts, Platform } from './platform';
import { assetFile, Resource } from './resource';
import { isIntrinsic, known, knownText, parseJson, parseParts, textOf } from './values';

/** Where something goes. */
export interface Destination {
  /** The cluster; undefined where the app does not make it. */
  readonly cluster?: ClusterFacts;
  /** What tells clusters apart, made in the app or not. */
  readonly clusterKey: string;
}

/** A Kubernetes object that a resource of the template delivers. */
export interface DeliveredObject extends Destination {
  readonly resource: Resource;
  /** What only the deployment knows is marked: see `known`. */
  readonly manifest: any;
  /** Such as `Deployment "shop/web"`. */
  readonly name: string;
}

/** A Helm release that a resource of the template delivers. */
export interface HelmRelease extends Destination {
  readonly resource: Resource;
  /** Such as `release "kube-system/karpenter"`. */
  readonly name: string;
  readonly release?: string;
  readonly namespace?: string;
  /** As it is given: a name, an address, or the file of a packaged one. */
  readonly chart?: string;
  /** What the chart is called, wherever it comes from. */
  readonly chartName?: string;
  readonly repository?: string;
  readonly version?: string;
  readonly values: any;
}

const CHARTS = ['Custom::EKSSlipway-Chart', 'Custom::AWSCDK-EKS-KubernetesResource'];
const RELEASES = ['Custom::EKSSlipway-HelmRelease', 'Custom::AWSCDK-EKS-HelmChart'];

export function deliveredObjects(platform: Platform): DeliveredObject[] {
  return platform.ofType(...CHARTS).flatMap(resource => {
    const { properties } = resource;
    const content = properties.Manifest === undefined ? contentOf(resource) : parseJson(properties.Manifest);
    return flatten(content).map(manifest => ({ resource, ...destination(platform, resource), manifest, name: nameOf(manifest) }));
  });
}

export function helmReleases(platform: Platform): HelmRelease[] {
  return platform.ofType(...RELEASES).map(resource => {
    const { properties } = resource;
    const values = properties.Values === undefined ? contentOf(resource) : parseJson(properties.Values);
    return {
      resource,
      ...destination(platform, resource),
      name: `release "${known(properties.Namespace) ?? 'default'}/${known(properties.Release) ?? '?'}"`,
      release: knownText(properties.Release),
      namespace: knownText(properties.Namespace),
      chart: knownText(properties.Chart),
      chartName: chartNameOf(properties.Chart),
      repository: known(properties.Repository),
      version: knownText(properties.Version),
      values: values ?? {},
    };
  });
}

/** The cluster that a resource belongs to. */
export function destination(platform: Platform, { properties, template }: Resource): Destination {
  const cluster = platform.cluster(properties.ClusterName, template);
  return { cluster, clusterKey: cluster ? cluster.resource.path : JSON.stringify(properties.ClusterName ?? '') };
}

/** Our own way to hold content: in parts between deploy-time values, inline or in a file. */
function contentOf({ properties, template }: Resource): any {
  const { Parts: inline, Key: key } = properties.Content ?? {};
  const file = assetFile(template, key);
  const parts = file ? JSON.parse(readFileSync(file, 'utf8')) : inline;
  return Array.isArray(parts) ? parseParts(parts) : undefined;
}

function flatten(content: any): any[] {
  return [content].flat().flatMap(object => typeof object !== 'object' || object === null || isIntrinsic(object)
    ? []
    : /List$/.test(object.kind) && Array.isArray(object.items) ? flatten(object.items) : [object]);
}

function nameOf({ kind, metadata }: any): string {
  const { name, namespace } = metadata ?? {};
  return `${kind ?? 'object'} "${[namespace, name].filter(Boolean).map(part => known(part) ?? '?').join('/')}"`;
}

/** The last part of an address, without the tag, digest or `-VERSION.tgz` behind the name: it is known although the registry is not. */
function chartNameOf(chart: any): string | undefined {
  return known(textOf(chart)?.split('/').at(-1)!.replace(/[:@].*$|-v?\d+\.\d+\.\d+([-+][\w.+-]*)?\.tgz$/, ''));
}
