import { Notes } from './migration-note';

/** What the ConfigMap `karpenter-global-settings` said of every node, and what Karpenter's chart says of itself now. */
export interface GlobalSettings {
  readonly tags?: Record<string, string>;
  readonly defaultInstanceProfile?: string;
  /** How many pods every node had, whatever its interfaces. */
  readonly maxPods?: number;
  /** Of the chart, below `settings`. */
  readonly values: Record<string, any>;
}

/** Settings that the chart has under another name, or under the same. */
const SETTINGS: Record<string, string> = {
  'aws.clusterName': 'clusterName',
  'aws.clusterEndpoint': 'clusterEndpoint',
  'aws.clusterCABundle': 'clusterCABundle',
  'aws.interruptionQueueName': 'interruptionQueue',
  'aws.isolatedVPC': 'isolatedVPC',
  'aws.vmMemoryOverheadPercent': 'vmMemoryOverheadPercent',
  'aws.reservedENIs': 'reservedENIs',
  'batchMaxDuration': 'batchMaxDuration',
  'batchIdleDuration': 'batchIdleDuration',
};

export function globalSettings(data: Record<string, string> = {}, notes: Notes): GlobalSettings {
  const values: Record<string, any> = {};
  for (const [key, value] of Object.entries(data).filter(([, text]) => text !== '')) {
    if (key in SETTINGS) {
      values[SETTINGS[key]] = value === 'true' || value === 'false' ? value === 'true' : value;
      notes.changed(`data.${key}`, `is settings.${SETTINGS[key]} among the values of Karpenter's chart`);
    } else if (key === 'aws.tags' || key === 'aws.defaultInstanceProfile') {
      notes.changed(`data.${key}`, 'stands in every node class that is made of an AWSNodeTemplate');
    } else if (key === 'aws.enableENILimitedPodDensity' && value === 'false') {
      notes.changed(`data.${key}`, 'nodes had 110 pods, whatever their interfaces: maxPods stands in the kubelet of every node class that a Provisioner uses');
    } else if (key === 'aws.assumeRoleARN' || key === 'aws.assumeRoleDuration') {
      notes.decide(`data.${key}`, 'Karpenter assumes no role any more: give its own role the permissions (with Pod Identity, a target role)');
    } else if (key === 'featureGates.driftEnabled' && value === 'false') {
      notes.decide(`data.${key}`, 'drift cannot be switched off any more: a budget with the reason Drifted and 0 nodes holds it up');
    } else {
      notes.dropped(`data.${key}`, `"${value}": there is no such setting any more`);
    }
  }
  return {
    values,
    tags: data['aws.tags'] ? JSON.parse(data['aws.tags']) : undefined,
    maxPods: data['aws.enableENILimitedPodDensity'] === 'false' ? 110 : undefined,
    defaultInstanceProfile: data['aws.defaultInstanceProfile'] || undefined,
  };
}
