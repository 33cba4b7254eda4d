import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { AutoModeNodeClassProps } from './auto-mode-node-class';
import { AutoModeCertificateBundle, AutoModeEphemeralStorage } from './auto-mode-node-class-options';
import { checkNodeIdentity } from './node-identity';
import { checkNodeTags } from './node-tags';
import { checkCapacityReservationTerms, checkSecurityGroupTerms, checkSubnetTerms } from './selector-term-checks';
import { checkInteger } from '../private/check-number';
import { checkDnsSubdomain } from '../private/kubernetes-names';

const RESERVED_TAGS = [
  'eks:eks-cluster-name', 'karpenter.sh/provisioner-name', 'karpenter.sh/nodepool', 'karpenter.sh/nodeclaim', 'karpenter.sh/managed-by',
  'eks.amazonaws.com/nodeclass',
];

/** What is wrong with a node class of EKS Auto Mode by itself. */
export function checkAutoModeNodeClass(props: AutoModeNodeClassProps) {
  if (props.name !== undefined) {
    if (props.name === 'default') {
      throw new Error('"name" is "default", which is EKS\'s own node class: give another one, or use AutoModeNodeClass.DEFAULT');
    }
    // The name becomes the value of a label of the nodes.
    checkDnsSubdomain('name', props.name, 63);
  }
  checkNodeIdentity(props);
  checkSubnetTerms(props.subnetSelectorTerms);
  checkSecurityGroupTerms(props.securityGroupSelectorTerms);
  checkPodNetwork(props);
  checkStorage(props.ephemeralStorage);
  checkCertificates(props.certificateBundles);
  checkCapacityReservationTerms(props.capacityReservationSelectorTerms);
  checkNodeTags(props.tags, RESERVED_TAGS);
}

function checkPodNetwork({ podSubnetSelectorTerms: subnets, podSecurityGroupSelectorTerms: groups }: AutoModeNodeClassProps) {
  if ((subnets === undefined) !== (groups === undefined)) {
    const [given, missing] = subnets === undefined ? ['podSecurityGroupSelectorTerms', 'podSubnetSelectorTerms'] : ['podSubnetSelectorTerms', 'podSecurityGroupSelectorTerms'];
    throw new Error(`"${given}" is given without "${missing}": give both, or neither for pods in the network of their nodes`);
  }
  if (subnets && groups) {
    checkSubnetTerms(subnets, 'podSubnetSelectorTerms');
    checkSecurityGroupTerms(groups, 'podSecurityGroupSelectorTerms');
  }
}

function checkStorage(storage: AutoModeEphemeralStorage = {}) {
  if (storage.size) {
    checkInteger('ephemeralStorage.size', storage.size.toGibibytes({ rounding: SizeRoundingBehavior.NONE }), 1, 59000, 'GiB');
  }
  if (storage.iops !== undefined) {
    checkInteger('ephemeralStorage.iops', storage.iops, 3000, 16000);
  }
  if (storage.throughput !== undefined) {
    checkInteger('ephemeralStorage.throughput', storage.throughput, 125, 1000);
  }
}

function checkCertificates(bundles: AutoModeCertificateBundle[] = []) {
  for (const { name, data } of bundles) {
    if (!Token.isUnresolved(data) && !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) {
      throw new Error(`"certificateBundles.data" of "${name}" is not encoded with base64: give the PEM text encoded`);
    }
  }
}
