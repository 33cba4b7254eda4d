import { isIP } from 'net';
import { Token } from 'aws-cdk-lib';
import { KubeletConfiguration } from './kubelet-configuration';
import { checkInteger, checkSeconds } from '../private/check-number';
import { goDuration } from '../private/duration-text';
import { knownItems } from '../private/known-items';
import { checkQuantities } from '../private/quantity';

const INT32 = 2 ** 31 - 1;
const RESERVED = ['cpu', 'memory', 'ephemeral-storage', 'pid'];
const SIGNALS = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available'];

/** As the API wants it. */
export function renderKubelet(kubelet: KubeletConfiguration) {
  return {
    clusterDNS: kubelet.clusterDns,
    maxPods: kubelet.maxPods,
    podsPerCore: kubelet.podsPerCore,
    systemReserved: kubelet.systemReserved,
    kubeReserved: kubelet.kubeReserved,
    evictionHard: kubelet.evictionHard,
    evictionSoft: kubelet.evictionSoft,
    evictionSoftGracePeriod: kubelet.evictionSoftGracePeriod
      && Object.fromEntries(Object.entries(kubelet.evictionSoftGracePeriod).map(([signal, period]) => [signal, goDuration(period)])),
    evictionMaxPodGracePeriod: kubelet.evictionMaxPodGracePeriod?.toSeconds(),
    imageGCHighThresholdPercent: kubelet.imageGcHighThresholdPercent,
    imageGCLowThresholdPercent: kubelet.imageGcLowThresholdPercent,
    cpuCFSQuota: kubelet.cpuCfsQuota,
  };
}

/** What is wrong with the settings by themselves. */
export function checkKubelet(kubelet: KubeletConfiguration) {
  for (const prop of ['maxPods', 'podsPerCore'] as const) {
    const count = kubelet[prop];
    if (count !== undefined) {
      checkInteger(`kubelet.${prop}`, count, 0, INT32);
    }
  }
  if (kubelet.evictionMaxPodGracePeriod) {
    checkSeconds('kubelet.evictionMaxPodGracePeriod', kubelet.evictionMaxPodGracePeriod, 0, INT32);
  }
  const noAddress = knownItems(kubelet.clusterDns).find(address => !Token.isUnresolved(address) && isIP(address) === 0);
  if (noAddress !== undefined) {
    throw new Error(`"kubelet.clusterDns" has "${noAddress}": give IP addresses`);
  }
  checkKeys('kubelet.systemReserved', kubelet.systemReserved, RESERVED);
  checkKeys('kubelet.kubeReserved', kubelet.kubeReserved, RESERVED);
  checkReserved('kubelet.systemReserved', kubelet.systemReserved);
  checkReserved('kubelet.kubeReserved', kubelet.kubeReserved);
  for (const prop of ['evictionHard', 'evictionSoft'] as const) {
    checkKeys(`kubelet.${prop}`, kubelet[prop], SIGNALS);
    const quantities = Object.entries(kubelet[prop] ?? {}).filter(([, value]) => !/^(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)%$/.test(value));
    checkQuantities(`kubelet.${prop}`, Object.fromEntries(quantities));
  }
  checkKeys('kubelet.evictionSoftGracePeriod', kubelet.evictionSoftGracePeriod, SIGNALS);
  Object.entries(kubelet.evictionSoftGracePeriod ?? {}).forEach(([signal, period]) => checkSeconds(`kubelet.evictionSoftGracePeriod.${signal}`, period, 0));
  checkSameKeys('evictionSoft', kubelet.evictionSoft, 'evictionSoftGracePeriod', kubelet.evictionSoftGracePeriod);
  checkSameKeys('evictionSoftGracePeriod', kubelet.evictionSoftGracePeriod, 'evictionSoft', kubelet.evictionSoft);
  checkImageThresholds(kubelet.imageGcHighThresholdPercent, kubelet.imageGcLowThresholdPercent);
}

function checkKeys(prop: string, map: Record<string, unknown> = {}, known: string[]) {
  const unknown = Object.keys(map).find(key => !Token.isUnresolved(key) && !known.includes(key));
  if (unknown !== undefined) {
    throw new Error(`"${prop}" has "${unknown}": give only ${known.map(key => `"${key}"`).join(', ')}`);
  }
}

function checkReserved(prop: string, reserved: Record<string, string> = {}) {
  checkQuantities(prop, reserved);
  const negative = Object.entries(reserved).find(([, quantity]) => quantity.startsWith('-')); // -0 too
  if (negative) {
    throw new Error(`"${prop}.${negative[0]}" is "${negative[1]}": give a quantity without a sign`);
  }
}

function checkSameKeys(prop: string, map: Record<string, unknown> = {}, otherProp: string, other: Record<string, unknown> = {}) {
  const missing = Object.keys(map).find(key => !Token.isUnresolved(key) && !(key in other));
  if (missing !== undefined) {
    throw new Error(`"kubelet.${prop}" has "${missing}" but "kubelet.${otherProp}" does not: give it in both`);
  }
}

function checkImageThresholds(high?: number, low?: number) {
  if (high !== undefined) {
    checkInteger('kubelet.imageGcHighThresholdPercent', high, 0, 100);
  }
  if (low !== undefined) {
    checkInteger('kubelet.imageGcLowThresholdPercent', low, 0, 100);
  }
  if (high !== undefined && low !== undefined && !Token.isUnresolved(high) && !Token.isUnresolved(low) && high <= low) {
    throw new Error(`"kubelet.imageGcHighThresholdPercent" is ${high} but "kubelet.imageGcLowThresholdPercent" is ${low}: give a higher high threshold`);
  }
}
