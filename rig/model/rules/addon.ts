import { setTimeout as sleep } from 'timers/promises';
import { Properties } from '../../engine/provider';
import { AwsModel } from '../aws-model';
import { Cluster } from '../cluster';
import { Definitions, PRIVATE_CA, SNAPSHOTS } from '../definitions';
import { hash } from '../identity';
import { Rule } from '../rule';
import { Thing } from '../world';
import { isAssociated } from './pod-identity-association';

interface Workload {
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly name: string;
  readonly serviceAccount: string;
}

interface AddonContent {
  readonly namespace: string;
  readonly workloads: Workload[];
  /** They stay when the add-on goes. */
  readonly definitions?: Definitions;
}

const deployment = (name: string, serviceAccount = name): Workload => ({ kind: 'Deployment', name, serviceAccount });
const daemonSet = (name: string, serviceAccount = name): Workload => ({ kind: 'DaemonSet', name, serviceAccount });

/** What EKS installs for an add-on, as far as others look at it. */
const CONTENT: { [addon: string]: AddonContent } = {
  'vpc-cni': { namespace: 'kube-system', workloads: [daemonSet('aws-node')] },
  'kube-proxy': { namespace: 'kube-system', workloads: [daemonSet('kube-proxy')] },
  'eks-pod-identity-agent': { namespace: 'kube-system', workloads: [daemonSet('eks-pod-identity-agent')] },
  'coredns': { namespace: 'kube-system', workloads: [deployment('coredns')] },
  'metrics-server': { namespace: 'kube-system', workloads: [deployment('metrics-server')] },
  'aws-ebs-csi-driver': { namespace: 'kube-system', workloads: [deployment('ebs-csi-controller', 'ebs-csi-controller-sa'), daemonSet('ebs-csi-node', 'ebs-csi-node-sa')] },
  'aws-efs-csi-driver': { namespace: 'kube-system', workloads: [deployment('efs-csi-controller', 'efs-csi-controller-sa'), daemonSet('efs-csi-node', 'efs-csi-node-sa')] },
  'aws-mountpoint-s3-csi-driver': { namespace: 'kube-system', workloads: [daemonSet('s3-csi-node', 's3-csi-driver-sa')] },
  'aws-guardduty-agent': { namespace: 'amazon-guardduty', workloads: [daemonSet('aws-guardduty-agent')] },
  'aws-network-flow-monitoring-agent': {
    namespace: 'amazon-network-flow-monitor', workloads: [daemonSet('aws-network-flow-monitor-agent', 'aws-network-flow-monitor-agent-service-account')],
  },
  'aws-privateca-connector-for-kubernetes': { namespace: 'aws-privateca-issuer', workloads: [deployment('aws-privateca-issuer')], definitions: PRIVATE_CA },
  'adot': { namespace: 'opentelemetry-operator-system', workloads: [deployment('opentelemetry-operator')] },
  'external-dns': { namespace: 'external-dns', workloads: [deployment('external-dns')] },
  'snapshot-controller': { namespace: 'kube-system', workloads: [deployment('snapshot-controller')], definitions: SNAPSHOTS },
  'eks-node-monitoring-agent': { namespace: 'kube-system', workloads: [daemonSet('eks-node-monitoring-agent')] },
  'amazon-cloudwatch-observability': {
    namespace: 'amazon-cloudwatch',
    workloads: [deployment('amazon-cloudwatch-observability-controller-manager'), daemonSet('cloudwatch-agent')],
  },
};

/** `AWS::EKS::Addon`: it is created when its pods are ready, and degraded without nodes. */
export const addon: Rule = {
  refuse(properties, model, before) {
    model.cluster(properties.ClusterName);
    const { namespace } = contentOf(properties.AddonName);
    const taken = (properties.PodIdentityAssociations ?? []).find((a: any) =>
      !before && isAssociated(model, properties.ClusterName, namespace, a.ServiceAccount));
    return taken ? `association already exists: service account ${namespace}/${taken.ServiceAccount}` : undefined;
  },

  async created(thing, model) {
    associate(thing, model);
    const { namespace, workloads } = contentOf(thing.properties.AddonName);
    const cluster = model.cluster(thing.properties.ClusterName);
    await bring(cluster, thing.properties);
    for (const until = Date.now() + model.pace.patience; ;) {
      const degraded = (await Promise.all(workloads.map(workload => whyDegraded(cluster, namespace, workload)))).find(Boolean);
      if (!degraded) { return; }
      if (Date.now() > until) { throw new Error(`addon ${thing.properties.AddonName} is DEGRADED: ${degraded}`); }
      await sleep(200);
    }
  },

  async updated(thing, _, model) {
    dissociate(thing, model);
    associate(thing, model);
    await bring(model.cluster(thing.properties.ClusterName), thing.properties);
  },

  async deleted(thing, model) {
    const { ClusterName, AddonName, PreserveOnDelete } = thing.properties;
    dissociate(thing, model);
    const cluster = model.clusters.get(ClusterName);
    if (!cluster || PreserveOnDelete === true) { return; }
    await take(cluster, AddonName);
  },
};

/** What EKS installs in a new cluster unless told not to: nobody waits for it, no add-on is behind it, and it ends with the cluster. */
export const selfManaged = {
  bring: async (cluster: Cluster): Promise<void> => each(async AddonName => bring(cluster, { AddonName })),
  take: async (cluster: Cluster): Promise<void> => each(async name => take(cluster, name)),
};

async function each(work: (addon: string) => Promise<void>): Promise<void> {
  await Promise.all(['vpc-cni', 'kube-proxy', 'coredns'].map(work));
}

function contentOf(name: string): AddonContent {
  return CONTENT[name] ?? { namespace: 'kube-system', workloads: [deployment(name)] };
}

async function bring(cluster: Cluster, properties: Properties): Promise<void> {
  const { namespace, workloads, definitions } = contentOf(properties.AddonName);
  for (const definition of definitions?.objects() ?? []) { await cluster.objects.apply(definition); }
  if (namespace !== 'kube-system') {
    await cluster.objects.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }
  // What the add-on is configured with shows in its pods, as it does where configuration becomes flags.
  const configuration = hash(JSON.stringify([properties.AddonVersion, properties.ConfigurationValues])).slice(0, 12);
  for (const { kind, name, serviceAccount } of workloads) {
    const labels = { 'app.kubernetes.io/name': name };
    await cluster.objects.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: serviceAccount, namespace } });
    await cluster.objects.apply({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace, labels },
      spec: {
        ...kind === 'Deployment' ? { replicas: 2 } : {},
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { configuration } },
          spec: { serviceAccountName: serviceAccount, priorityClassName: 'system-cluster-critical', tolerations: [{ operator: 'Exists' }], containers: [{ name, image: `${properties.AddonName}:1` }] },
        },
      },
    });
  }
}

async function take(cluster: Cluster, name: string): Promise<void> {
  const { namespace, workloads } = contentOf(name);
  await Promise.all(workloads.map(async ({ kind, name: workload, serviceAccount }) => {
    await cluster.objects.remove(kind, namespace, workload);
    await cluster.objects.remove('ServiceAccount', namespace, serviceAccount);
  }));
  if (namespace !== 'kube-system') { await cluster.objects.remove('Namespace', '', namespace); }
}

async function whyDegraded(cluster: Cluster, namespace: string, { kind, name }: Workload): Promise<string | undefined> {
  const { status = {}, spec, metadata } = await cluster.objects.get(kind, namespace, name) ?? {};
  if (status.observedGeneration !== metadata?.generation) { return `${kind} ${name} is not seen yet`; }
  const [ready, wanted] = kind === 'Deployment' ? [status.readyReplicas ?? 0, spec.replicas] : [status.numberReady ?? 0, status.desiredNumberScheduled ?? 0];
  return ready < wanted ? `InsufficientNumberOfReplicas: ${ready} of ${wanted} replicas of ${name} are available` : undefined;
}

function associate({ properties }: Thing, model: AwsModel): void {
  const { ClusterName, AddonName, PodIdentityAssociations = [] } = properties;
  for (const { ServiceAccount, RoleArn } of PodIdentityAssociations) {
    const { namespace: Namespace } = contentOf(AddonName);
    model.make('AWS::EKS::PodIdentityAssociation', `${ClusterName}/${Namespace}/${ServiceAccount}`, `add-on ${AddonName}`, { ClusterName, Namespace, ServiceAccount, RoleArn });
  }
}

function dissociate({ properties: { ClusterName, AddonName } }: Thing, model: AwsModel): void {
  model.world.ofType('AWS::EKS::PodIdentityAssociation')
    .filter(({ owner, properties }) => owner === `add-on ${AddonName}` && properties.ClusterName === ClusterName)
    .forEach(association => model.world.remove(association));
}
