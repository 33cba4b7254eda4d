import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';
import { checkCidrs } from '../private/cidr';
import { checkDnsLabel, checkLabels } from '../private/kubernetes-names';
import { checkQuantities, checkRequestWithinLimit } from '../private/quantity';

/**
 * What pods may do to their node.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Anything. */
  PRIVILEGED = 'privileged',
  /** Nothing that is known to give more privileges. */
  BASELINE = 'baseline',
  /** As little as current practice allows. */
  RESTRICTED = 'restricted',
}

/** What a container gets that says nothing itself. */
export interface ContainerDefaults {
  /**
   * The CPU that is kept for it.
   *
   * @default 100m
   */
  readonly cpuRequest?: string;

  /**
   * The CPU that it can use at most.
   *
   * @default - what the node has to spare
   */
  readonly cpuLimit?: string;

  /**
   * The memory that is kept for it.
   *
   * @default 128Mi
   */
  readonly memoryRequest?: string;

  /**
   * The memory that it can use at most. A container that requests more and sets no limit is refused.
   *
   * @default 512Mi
   */
  readonly memoryLimit?: string;
}

/** Properties of a `Tenant`. */
export interface TenantProps {
  /** The name of the namespace. */
  readonly name: string;

  /**
   * The Pod Security level that pods have to meet; they are warned about and audited for `restricted` in any case.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * The most that the namespace may hold, by resource. Given, it replaces the default as a whole; `{}` is no quota.
   *
   * @default - requests.cpu 20, requests.memory 40Gi, pods 100, persistentvolumeclaims 20, services.loadbalancers 2
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly quota?: { [resource: string]: string };

  /**
   * What a container gets that says nothing itself.
   *
   * @default - 100m CPU; 128Mi memory, 512Mi at most
   */
  readonly containerDefaults?: ContainerDefaults;

  /**
   * Whether traffic is denied unless something allows it. Allowed are pods of the namespace among each other, DNS, the EKS Pod
   * Identity agent and what the following props say. The VPC CNI holds it only where its network policy support is on.
   *
   * @default true
   */
  readonly networkIsolation?: boolean;

  /**
   * The CIDR blocks that may connect to its pods, such as the subnets of a load balancer with IP targets.
   *
   * @default - none
   */
  readonly ingressCidrs?: string[];

  /**
   * The namespaces whose pods may connect to its pods, such as the one of a metrics collector.
   *
   * @default - none
   */
  readonly ingressNamespaces?: string[];

  /**
   * The CIDR blocks that its pods may connect to, such as a database's subnets; `0.0.0.0/0` is everything.
   *
   * @default - none
   */
  readonly egressCidrs?: string[];

  /**
   * The CIDR blocks of DNS servers that are not pods: a node-local cache, or the nodes of EKS Auto Mode.
   *
   * @default - only the CoreDNS pods in `kube-system`
   */
  readonly dnsCidrs?: string[];

  /**
   * Kubernetes groups that may do everything in the namespace, its roles included, but not change quota or namespace.
   *
   * @default - none
   */
  readonly adminGroups?: string[];

  /**
   * Kubernetes groups that may change most objects in the namespace.
   *
   * @default - none
   */
  readonly editGroups?: string[];

  /**
   * Kubernetes groups that may see most objects in the namespace, but no Secrets.
   *
   * @default - none
   */
  readonly viewGroups?: string[];

  /**
   * Whether pods count as ready only when their load balancer's target group does (AWS Load Balancer Controller). Then no pod
   * is made while the controller is down.
   *
   * @default false
   */
  readonly loadBalancerReadinessGates?: boolean;

  /**
   * More labels of the namespace.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

const DEFAULT_QUOTA = {
  'requests.cpu': '20',
  'requests.memory': '40Gi',
  'pods': '100',
  'persistentvolumeclaims': '20',
  'services.loadbalancers': '2',
};

const DNS_PORTS = [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }];

/** Where the EKS Pod Identity agent listens on every node. */
const POD_IDENTITY_AGENT = ['169.254.170.23/32', 'fd00:ec2::23/128'];

/**
 * A namespace for a team: Pod Security, quota, defaults for containers, network isolation, and who may use it.
 */
export class Tenant extends Construct {
  /** The name of the namespace. */
  public readonly namespaceName: string;

  /** The Namespace. */
  public readonly namespace: ApiObject;

  constructor(scope: Construct, id: string, props: TenantProps) {
    super(scope, id);
    checkProps(props);

    this.namespaceName = props.name;
    this.namespace = clusterScoped(new ApiObject(this, 'Default', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: props.name, labels: namespaceLabels(props) },
    }));
    const quota = props.quota ?? DEFAULT_QUOTA;
    if (Object.keys(quota).length > 0) {
      this.add('Quota', 'v1', 'ResourceQuota', 'tenant', { spec: { hard: quota } });
    }
    this.add('ContainerDefaults', 'v1', 'LimitRange', 'tenant', { spec: { limits: [renderContainerDefaults(props.containerDefaults ?? {})] } });
    if (props.networkIsolation ?? true) {
      this.add('NetworkIsolation', 'networking.k8s.io/v1', 'NetworkPolicy', 'tenant', { spec: renderNetworkPolicy(props) });
    }
    this.bind('Admins', 'admin', props.adminGroups);
    this.bind('Editors', 'edit', props.editGroups);
    this.bind('Viewers', 'view', props.viewGroups);
  }

  private bind(id: string, role: string, groups: string[] = []) {
    if (groups.length > 0) {
      this.add(id, 'rbac.authorization.k8s.io/v1', 'RoleBinding', `tenant-${role}`, {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
        subjects: groups.map(name => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name })),
      });
    }
  }

  private add(id: string, apiVersion: string, kind: string, name: string, content: Record<string, unknown>) {
    const object = new ApiObject(this, id, { apiVersion, kind, metadata: { name, namespace: this.namespaceName }, ...content });
    object.addDependency(this.namespace);
  }
}

function namespaceLabels(props: TenantProps): Record<string, string> {
  return {
    ...(props.loadBalancerReadinessGates ? { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } : {}),
    ...props.labels,
    'pod-security.kubernetes.io/enforce': props.podSecurity ?? PodSecurityLevel.RESTRICTED,
    'pod-security.kubernetes.io/audit': PodSecurityLevel.RESTRICTED,
    'pod-security.kubernetes.io/warn': PodSecurityLevel.RESTRICTED,
  };
}

function renderContainerDefaults(defaults: ContainerDefaults) {
  return {
    type: 'Container',
    defaultRequest: { cpu: defaults.cpuRequest ?? '100m', memory: defaults.memoryRequest ?? '128Mi' },
    default: { cpu: defaults.cpuLimit, memory: defaults.memoryLimit ?? '512Mi' },
  };
}

function renderNetworkPolicy(props: TenantProps) {
  const sameNamespace = { podSelector: {} };
  const coreDns = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  };
  return {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{
      from: [
        sameNamespace,
        ...(props.ingressNamespaces ?? []).map(name => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
        ...ipBlocks(props.ingressCidrs),
      ],
    }],
    egress: [
      { to: [sameNamespace, ...ipBlocks(props.egressCidrs)] },
      { to: [coreDns, ...ipBlocks(props.dnsCidrs)], ports: DNS_PORTS },
      { to: ipBlocks(POD_IDENTITY_AGENT), ports: [{ port: 80, protocol: 'TCP' }] },
    ],
  };
}

function ipBlocks(cidrs: string[] = []) {
  return cidrs.map(cidr => ({ ipBlock: { cidr } }));
}

function checkProps(props: TenantProps) {
  checkDnsLabel('name', props.name);
  checkLabels('labels', props.labels);
  const reserved = Object.keys(props.labels ?? {}).find(key => /^pod-security\.kubernetes\.io\/(enforce|audit|warn)$/.test(key));
  if (reserved !== undefined) {
    throw new Error(`"labels" has "${reserved}", which the tenant sets by itself: give "podSecurity" instead`);
  }
  checkQuantities('quota', props.quota);
  checkContainerDefaults(props.containerDefaults ?? {});
  for (const prop of ['ingressCidrs', 'egressCidrs', 'dnsCidrs'] as const) {
    checkCidrs(prop, props[prop]);
  }
  props.ingressNamespaces?.forEach(name => checkDnsLabel('ingressNamespaces', name));
  for (const prop of ['ingressNamespaces', 'ingressCidrs', 'egressCidrs', 'dnsCidrs'] as const) {
    if (props[prop]?.length && props.networkIsolation === false) {
      throw new Error(`"${prop}" is given but "networkIsolation" is false: nothing is denied that it could allow, remove one of them`);
    }
  }
  for (const prop of ['adminGroups', 'editGroups', 'viewGroups'] as const) {
    if (props[prop]?.includes('')) {
      throw new Error(`"${prop}" has an empty name: give the names of Kubernetes groups`);
    }
  }
}

function checkContainerDefaults(defaults: ContainerDefaults) {
  const { cpuRequest = '100m', cpuLimit, memoryRequest = '128Mi', memoryLimit = '512Mi' } = defaults;
  checkQuantities('containerDefaults', { cpuRequest, memoryRequest, memoryLimit });
  checkRequestWithinLimit('containerDefaults.memoryRequest', memoryRequest, 'containerDefaults.memoryLimit', memoryLimit);
  if (cpuLimit !== undefined) {
    checkQuantities('containerDefaults', { cpuLimit });
    checkRequestWithinLimit('containerDefaults.cpuRequest', cpuRequest, 'containerDefaults.cpuLimit', cpuLimit);
  }
}
