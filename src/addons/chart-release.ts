import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { HelmAddonOptions } from './helm-addon-options';
import { PinnedChart } from '../catalogue/charts';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { HelmRelease, HelmReleaseProps } from '../delivery/helm-release';
import { clusterVersionAtSynth } from '../private/cluster-facts';
import { mergeValues } from '../private/merge-values';
import { minorOf } from '../private/minor-of';

/** What an add-on says of the release of its chart, besides what the user's options say. */
export interface ChartReleaseProps extends Pick<HelmReleaseProps, 'serviceAccountRoles' | 'secretValues' | 'skipCrds' | 'namespace' | 'after'> {
  readonly cluster: eks.ICluster;
  readonly options: HelmAddonOptions;
  /** The add-on's own values; those of the options win. */
  readonly values?: { [key: string]: any };
  /** Without values at all, not even the user's: for charts of definitions only. @default true */
  readonly takesValues?: boolean;
  /** The stage that waits for the release. @default BootstrapStage.CONTROLLERS */
  readonly stage?: BootstrapStage;
}

/**
 * The release of a pinned chart, called after it, on its floor of the bootstrap order. A cluster whose Kubernetes version the chart does not
 * work with is refused, unless the user has chosen the chart's version.
 */
export function chartRelease(scope: Construct, id: string, pinned: PinnedChart, props: ChartReleaseProps): HelmRelease {
  const { cluster, options } = props;
  if (options.version === undefined) {
    checkKubernetesVersion(cluster, pinned);
  }
  const release = new HelmRelease(scope, id, {
    cluster,
    chart: pinned.chart,
    repository: options.repository ?? pinned.repository,
    version: options.version ?? pinned.version,
    release: pinned.chart,
    namespace: props.namespace ?? pinned.namespace,
    timeout: options.timeout,
    removalPolicy: options.removalPolicy,
    serviceAccountRoles: props.serviceAccountRoles,
    secretValues: props.secretValues,
    skipCrds: props.skipCrds,
    after: props.after,
    values: props.takesValues === false ? undefined : mergeValues(props.values ?? {}, options.values),
  });
  Bootstrap.of(cluster).add(props.stage ?? BootstrapStage.CONTROLLERS, release);
  return release;
}

function checkKubernetesVersion(cluster: eks.ICluster, { chart, version, kubernetes: { oldest, newest } }: PinnedChart) {
  const actual = clusterVersionAtSynth(cluster);
  if (actual === undefined || (minorOf(actual) >= minorOf(oldest) && (newest === undefined || minorOf(actual) <= minorOf(newest)))) {
    return;
  }
  throw new Error(`"version" of cluster ${cluster.node.path} is "${actual}", but chart "${chart}" ${version} works with Kubernetes ${oldest} `
    + `${newest === undefined ? 'and later' : `to ${newest}`}: change the cluster's, or give the add-on a "version" of the chart that works with ${actual}`);
}
