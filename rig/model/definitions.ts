import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced?: boolean;
}

const REFERENCE = resolve(__dirname, '../../../shared/reference/crds');

/** Custom resource definitions that something brings: a folder of published ones, and the kinds that there must be. */
export class Definitions {
  constructor(private readonly kinds: Kind[], private readonly folder?: string) {}

  /** The published definitions where they are at hand, else some that take anything. */
  files(): [file: string, text: string][] {
    const published = this.folder && join(REFERENCE, this.folder);
    return published && existsSync(published)
      ? readdirSync(published).map(file => [file, readFileSync(join(published, file), 'utf8')])
      : this.kinds.map(kind => [`${kind.plural}.yaml`, JSON.stringify(anything(kind))]);
  }

  /** Some that take anything. */
  objects(): any[] {
    return this.kinds.map(anything);
  }
}

function anything({ group, version, kind, plural, namespaced }: Kind): any {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // The API server has groups of Kubernetes' own approved.
      ...group.endsWith('.k8s.io') ? { annotations: { 'api-approved.kubernetes.io': 'unapproved, a stand-in' } } : {},
    },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{
        name: version, served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      }],
    },
  };
}

export const KARPENTER = new Definitions([
  { group: 'karpenter.sh', version: 'v1', kind: 'NodePool', plural: 'nodepools' },
  { group: 'karpenter.sh', version: 'v1', kind: 'NodeClaim', plural: 'nodeclaims' },
  { group: 'karpenter.k8s.aws', version: 'v1', kind: 'EC2NodeClass', plural: 'ec2nodeclasses' },
], 'karpenter-v1.14.1');

export const LOAD_BALANCER_CONTROLLER = new Definitions([
  { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'TargetGroupBinding', plural: 'targetgroupbindings', namespaced: true },
  { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'IngressClassParams', plural: 'ingressclassparams' },
], 'aws-load-balancer-controller-v3.5.0');

export const CERT_MANAGER = new Definitions([
  { group: 'cert-manager.io', version: 'v1', kind: 'ClusterIssuer', plural: 'clusterissuers' },
  { group: 'cert-manager.io', version: 'v1', kind: 'Issuer', plural: 'issuers', namespaced: true },
  { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', plural: 'certificates', namespaced: true },
], 'cert-manager-v1.21.1');

export const EXTERNAL_SECRETS = new Definitions([
  { group: 'external-secrets.io', version: 'v1', kind: 'ClusterSecretStore', plural: 'clustersecretstores' },
  { group: 'external-secrets.io', version: 'v1', kind: 'SecretStore', plural: 'secretstores', namespaced: true },
  { group: 'external-secrets.io', version: 'v1', kind: 'ExternalSecret', plural: 'externalsecrets', namespaced: true },
], 'external-secrets-v2.9.0');

export const ARGO_CD = new Definitions([
  { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', plural: 'applications', namespaced: true },
  { group: 'argoproj.io', version: 'v1alpha1', kind: 'AppProject', plural: 'appprojects', namespaced: true },
], 'argo-cd-v3.5.1');

export const FLUX = new Definitions([
  { group: 'source.toolkit.fluxcd.io', version: 'v1', kind: 'GitRepository', plural: 'gitrepositories', namespaced: true },
  { group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization', plural: 'kustomizations', namespaced: true },
]);

export const PRIVATE_CA = new Definitions([
  { group: 'awspca.cert-manager.io', version: 'v1beta1', kind: 'AWSPCAClusterIssuer', plural: 'awspcaclusterissuers' },
]);

export const SNAPSHOTS = new Definitions([
  { group: 'snapshot.storage.k8s.io', version: 'v1', kind: 'VolumeSnapshotClass', plural: 'volumesnapshotclasses' },
]);
