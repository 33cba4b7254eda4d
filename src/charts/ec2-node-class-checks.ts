import { Token } from 'aws-cdk-lib';
import { AmiFamily } from './ami-family';
import { checkBlockDevices } from './block-devices';
import { ConnectionTracking } from './connection-tracking';
import type { Ec2NodeClassProps } from './ec2-node-class';
import { imageFamily } from './image-family';
import { checkKubelet } from './kubelet';
import { checkNodeIdentity } from './node-identity';
import { NodeNetworkInterface, NodeNetworkInterfaceType } from './node-network-interface';
import { checkNodeTags } from './node-tags';
import { checkAmiTerms, checkCapacityReservationTerms, checkPlacementGroup, checkSecurityGroupTerms, checkSubnetTerms } from './selector-term-checks';
import { checkInteger, checkSeconds } from '../private/check-number';
import { checkDnsSubdomain } from '../private/kubernetes-names';

const RESERVED_TAGS = ['eks:eks-cluster-name', 'karpenter.sh/nodepool', 'karpenter.sh/nodeclaim', 'karpenter.k8s.aws/ec2nodeclass'];

const INT32 = 2 ** 31 - 1;

/** In bytes, before EC2 encodes it. */
const MOST_USER_DATA = 16 * 1024;

/** From and to, in seconds. */
const CONNECTION_TIMEOUTS: Record<string, [number, number]> = {
  tcpEstablishedTimeout: [60, 432000],
  udpStreamTimeout: [60, 180],
  udpTimeout: [30, 60],
};

/** What is wrong with a node class by itself. */
export function checkEc2NodeClass(props: Ec2NodeClassProps) {
  if (props.name !== undefined) {
    // The name becomes the value of a label of the nodes.
    checkDnsSubdomain('name', props.name, 63);
  }
  checkAmiTerms(props.amiSelectorTerms);
  checkFamily(props);
  checkSubnetTerms(props.subnetSelectorTerms);
  checkSecurityGroupTerms(props.securityGroupSelectorTerms);
  checkNodeIdentity(props);
  checkVolumes(props);
  if (props.metadataOptions?.httpPutResponseHopLimit !== undefined) {
    checkInteger('metadataOptions.httpPutResponseHopLimit', props.metadataOptions.httpPutResponseHopLimit, 1, 64);
  }
  if (props.kubelet) {
    checkKubelet(props.kubelet);
  }
  checkNodeTags(props.tags, RESERVED_TAGS);
  checkCapacityReservationTerms(props.capacityReservationSelectorTerms);
  checkPlacementGroup(props.placementGroupSelector);
  checkNetworkInterfaces(props.networkInterfaces);
  checkConnectionTracking(props.connectionTracking);
  if (props.ipPrefixCount !== undefined) {
    checkInteger('ipPrefixCount', props.ipPrefixCount, 0, INT32);
  }
  checkUserData(props.userData);
}

function checkFamily(props: Ec2NodeClassProps) {
  const alias = props.amiSelectorTerms[0]?.alias;
  if (alias === undefined && !props.amiFamily) {
    throw new Error('"amiFamily" is missing and "amiSelectorTerms" has no alias that would say it: give an "amiFamily"');
  }
  if (alias === undefined || Token.isUnresolved(alias) || !props.amiFamily || props.amiFamily === AmiFamily.CUSTOM) {
    return;
  }
  if (props.amiFamily.toLowerCase() !== alias.split('@')[0]) {
    throw new Error(`"amiFamily" is ${props.amiFamily} but the alias is "${alias}": leave "amiFamily" out, or give an alias of that family`);
  }
}

function checkVolumes(props: Ec2NodeClassProps) {
  const of = imageFamily(props);
  for (const prop of ['rootVolumeSize', 'volumeKmsKeyId'] as const) {
    if (props[prop] === undefined) {
      continue;
    }
    if (props.blockDeviceMappings) {
      throw new Error(`"${prop}" shapes the default volumes, which "blockDeviceMappings" replaces: give it in "blockDeviceMappings"`);
    }
    if (of === undefined || of === 'custom') {
      throw new Error(`"${prop}" is given, but the volumes of an image of family "Custom" or of an alias unknown at synth are not known: give "blockDeviceMappings"`);
    }
  }
  checkBlockDevices(props.blockDeviceMappings);
  if (props.rootVolumeSize) {
    checkBlockDevices([{ deviceName: '/dev/xvda', volumeSize: props.rootVolumeSize }], 'rootVolumeSize');
  }
}

function checkNetworkInterfaces(interfaces: NodeNetworkInterface[] = []) {
  const prop = 'networkInterfaces';
  if (interfaces.length > 150) {
    throw new Error(`"${prop}" has ${interfaces.length} entries: give at most 150`);
  }
  const places = new Set<string>();
  const fabrics = new Set<number>();
  for (const { networkCardIndex: card, deviceIndex: device, interfaceType } of interfaces) {
    checkInteger(`${prop}.networkCardIndex`, card, 0, INT32);
    checkInteger(`${prop}.deviceIndex`, device, 0, INT32);
    if (places.has(`${card}/${device}`)) {
      throw new Error(`"${prop}" has two interfaces with "networkCardIndex" ${card} and "deviceIndex" ${device}: give each a place of its own`);
    }
    places.add(`${card}/${device}`);
    if (interfaceType === NodeNetworkInterfaceType.EFA_ONLY) {
      if (fabrics.has(card)) {
        throw new Error(`"${prop}" has two interfaces of type "efa-only" on the network card ${card}: give each a card of its own`);
      }
      fabrics.add(card);
    }
  }
  const own = interfaces.find(({ networkCardIndex, deviceIndex }) => networkCardIndex === 0 && deviceIndex === 0);
  const unresolved = interfaces.some(({ networkCardIndex, deviceIndex }) => Token.isUnresolved(networkCardIndex) || Token.isUnresolved(deviceIndex));
  if (interfaces.length > 0 && !unresolved && own?.interfaceType !== NodeNetworkInterfaceType.INTERFACE) {
    throw new Error(`"${prop}" has no interface of type "interface" with "networkCardIndex" 0 and "deviceIndex" 0, which is the node's own: add it`);
  }
}

function checkConnectionTracking(tracking?: ConnectionTracking) {
  if (!tracking) {
    return;
  }
  const given = Object.entries(CONNECTION_TIMEOUTS).filter(([field]) => tracking[field as keyof ConnectionTracking] !== undefined);
  if (given.length === 0) {
    throw new Error(`"connectionTracking" is empty: give at least one of ${Object.keys(CONNECTION_TIMEOUTS).map(field => `"${field}"`).join(', ')}`);
  }
  given.forEach(([field, [min, max]]) => checkSeconds(`connectionTracking.${field}`, tracking[field as keyof ConnectionTracking]!, min, max));
}

function checkUserData(userData?: string) {
  if (userData === undefined || Token.isUnresolved(userData)) {
    return;
  }
  const bytes = Buffer.byteLength(userData);
  if (bytes > MOST_USER_DATA) {
    throw new Error(`"userData" has ${bytes} bytes: give at most ${MOST_USER_DATA}, with what Karpenter adds, and let nodes fetch the rest when they start`);
  }
}
