import { CfnResource, Duration, Token } from 'aws-cdk-lib';
import { KubeApiServerOptions, KubeControllerManagerOptions, KubeSchedulerOptions, PlatformClusterProps } from './platform-cluster-props';
import { checkInteger, checkSeconds } from '../private/check-number';
import { secondsText } from '../private/duration-text';

/**
 * Sets what the L1 of the oldest supported aws-cdk-lib does not know yet. Only what was asked for: an override would win over
 * what a user sets on the L1.
 */
export function setControlPlaneParameters(resource: CfnResource, props: PlatformClusterProps): void {
  const parameters: Record<string, unknown> = {
    'ResourcesVpcConfig.ControlPlaneEgressMode': props.controlPlaneEgressMode,
    'KubernetesNetworkConfig.ElasticLoadBalancing.GatewayApi.Crds.Managed': gatewayApiCrds(props),
    ...apiServer(props.kubeApiServer),
    ...controllerManager(props.kubeControllerManager),
    ...scheduler(props.kubeScheduler),
  };
  for (const [path, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      resource.addPropertyOverride(path, value);
    }
  }
}

function gatewayApiCrds({ gatewayApiCrds: managed, autoMode }: PlatformClusterProps) {
  if (managed && !autoMode) {
    throw new Error('"gatewayApiCrds" is true but "autoMode" is not given: only Auto Mode manages them, deliver them with a chart instead');
  }
  return managed;
}

function apiServer(options: KubeApiServerOptions = {}) {
  const { eventTtl, serviceNodePortMin: min, serviceNodePortMax: max } = options;
  if ((min === undefined) !== (max === undefined)) {
    throw new Error(`"serviceNodePortMin" is ${min ?? 'missing'} but "serviceNodePortMax" is ${max ?? 'missing'}: give both or none`);
  }
  if (min !== undefined && max !== undefined) {
    checkInteger('serviceNodePortMin', min, 1, 65535);
    checkInteger('serviceNodePortMax', max, 1, 65535);
    if (![min, max].some(Token.isUnresolved) && min > max) {
      throw new Error(`"serviceNodePortMin" is ${min} but "serviceNodePortMax" is ${max}: give a "serviceNodePortMax" of at least ${min}`);
    }
  }
  return {
    'KubeApiServerConfig.EventTtl': eventTtl && duration('eventTtl', eventTtl),
    'KubeApiServerConfig.ServiceNodePortRange.MinPort': min,
    'KubeApiServerConfig.ServiceNodePortRange.MaxPort': max,
  };
}

function controllerManager(options: KubeControllerManagerOptions = {}) {
  const { horizontalPodAutoscalerSyncPeriod: period, terminatedPodGcThreshold: threshold } = options;
  return {
    'KubeControllerManagerConfig.HorizontalPodAutoscalerControllerConfig.HorizontalPodAutoscalerSyncPeriod':
      period && duration('horizontalPodAutoscalerSyncPeriod', period),
    'KubeControllerManagerConfig.PodGcControllerConfig.TerminatedPodGcThreshold':
      threshold === undefined ? undefined : checkInteger('terminatedPodGcThreshold', threshold, 1),
  };
}

function scheduler(options: KubeSchedulerOptions = {}) {
  const { nodeScoring, resourceWeights } = options;
  if (resourceWeights && !nodeScoring) {
    throw new Error('"resourceWeights" is given but "nodeScoring" is not: give both, or leave "resourceWeights" out');
  }
  return {
    'KubeSchedulerConfig.NodeResourcesFit.ScoringStrategy.Type': nodeScoring,
    'KubeSchedulerConfig.NodeResourcesFit.ScoringStrategy.Resources': resourceWeights && Object.keys(resourceWeights).sort()
      .map(name => ({ Name: name, Weight: checkInteger(`resourceWeights.${name}`, resourceWeights[name], 1, 100) })),
  };
}

/** EKS wants one unit only: 90m, not 1h30m. */
function duration(prop: string, value: Duration): string {
  const seconds = checkSeconds(prop, value, 1).toSeconds();
  if (Token.isUnresolved(seconds)) {
    return secondsText(value) + 's';
  }
  const [count, unit] = seconds % 3600 === 0 ? [seconds / 3600, 'h'] : seconds % 60 === 0 ? [seconds / 60, 'm'] : [seconds, 's'];
  return `${count}${unit}`;
}
