import { Token } from 'aws-cdk-lib';
import { KarpenterOptions } from './karpenter-options';
import { checkInteger, checkSeconds } from '../private/check-number';
import { goDuration } from '../private/duration-text';
import { checkQuantity } from '../private/quantity';

/** The chart's values for what the user decides. What is undefined stays the chart's own. */
export function karpenterValues(options: KarpenterOptions): Record<string, any> {
  const cpu = checkQuantity('cpu', options.cpu ?? '1');
  const memory = checkQuantity('memory', options.memory ?? '1Gi');
  return {
    replicas: checkInteger('replicas', options.replicas ?? 2, 1),
    // The node's resolver: CoreDNS may be waiting for a node of Karpenter.
    dnsPolicy: 'Default',
    logLevel: options.logLevel,
    controller: { resources: { requests: { cpu, memory }, limits: { cpu, memory } } },
    serviceMonitor: options.serviceMonitor || options.serviceMonitorLabels
      ? { enabled: serviceMonitor(options), additionalLabels: options.serviceMonitorLabels }
      : undefined,
    settings: settings(options),
  };
}

function settings(options: KarpenterOptions): Record<string, any> {
  return {
    batchMaxDuration: options.batchMaxDuration && goDuration(checkSeconds('batchMaxDuration', options.batchMaxDuration, 1)),
    batchIdleDuration: options.batchIdleDuration && goDuration(checkSeconds('batchIdleDuration', options.batchIdleDuration, 1)),
    preferencePolicy: options.preferencePolicy,
    minValuesPolicy: options.minValuesPolicy,
    // Text, because the chart takes a plain 0 or false for nothing said, and Karpenter's default follows.
    vmMemoryOverheadPercent: text(checkShare('vmMemoryOverhead', options.vmMemoryOverhead)),
    reservedENIs: text(options.reservedEnis === undefined ? undefined : checkInteger('reservedEnis', options.reservedEnis, 0)),
    ignoreDRARequests: text(options.ignoreDraRequests),
    amiRefreshInterval: options.amiRefreshInterval && goDuration(checkSeconds('amiRefreshInterval', options.amiRefreshInterval, 60)),
    subnetRefreshInterval: options.subnetRefreshInterval && goDuration(checkSeconds('subnetRefreshInterval', options.subnetRefreshInterval, 60)),
    disableDryRun: not(options.dryRun),
    eksControlPlane: options.eksControlPlane ?? true,
    isolatedVPC: options.isolatedVpc,
    disableClusterStateObservability: not(options.clusterStateMetrics),
  };
}

function serviceMonitor({ serviceMonitor: enabled, serviceMonitorLabels: labels }: KarpenterOptions): boolean {
  if (!enabled) {
    throw new Error(`"serviceMonitorLabels" is ${JSON.stringify(labels)} but "serviceMonitor" is ${enabled}: give "serviceMonitor: true", or leave the labels out`);
  }
  return enabled;
}

function checkShare(prop: string, share?: number): number | undefined {
  if (share !== undefined && !Token.isUnresolved(share) && !(share >= 0 && share < 1)) {
    throw new Error(`"${prop}" is ${share}: give a share from 0 to below 1, such as 0.075 for 7.5 percent`);
  }
  return share;
}

const text = (value?: number | boolean) => value === undefined ? undefined : String(value);
const not = (value?: boolean) => value === undefined ? undefined : !value;
