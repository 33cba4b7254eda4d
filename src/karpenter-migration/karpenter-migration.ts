import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import { MigratedPool } from './common';
import { fromNodeTemplate, NodeIdentity } from './from-node-template';
import { fromProvisioner, inlineClassName } from './from-provisioner';
import { fromNodeClass, fromNodePool } from './from-v1beta1';
import { GlobalSettings, globalSettings } from './global-settings';
import { moveKubelets } from './kubelets';
import { KarpenterMigrationNote, KarpenterMigrationNoteKind, Notes } from './migration-note';
import { repeated } from '../private/repeated';

/**
 * What a migration cannot read from the objects.
 */
export interface KarpenterMigrationOptions {
  /**
   * Name of the role of nodes whose AWSNodeTemplate names no instance profile.
   *
   * @default - the default instance profile of the ConfigMap karpenter-global-settings, if that is among the objects; otherwise to be decided
   */
  readonly nodeRole?: string;

  /**
   * Name of the instance profile of such nodes, in the place of a role.
   *
   * @default - as `nodeRole` says
   */
  readonly instanceProfile?: string;
}

/**
 * Karpenter's objects of v1alpha5 and v1beta1 as those of v1, with a list of what changed, what was dropped, and what is left to decide.
 *
 * Provisioner and AWSNodeTemplate, and NodePool and EC2NodeClass of v1beta1, become NodePool and EC2NodeClass of v1. Defaults that are others in v1
 * are written out as they were, so that nothing behaves differently without a note that says so. Give all objects at once: kubelets move from
 * pools to their classes, and settings of the ConfigMap karpenter-global-settings to both.
 *
 * @see https://karpenter.sh/docs/upgrading/v1-migration/
 *
 * @example
 * import { KarpenterMigration } from 'eks-slipway';
 *
 * const migration = KarpenterMigration.fromFiles(['karpenter.yaml']);
 * const notes = migration.toText();
 * const manifests = migration.toYaml();
 */
export class KarpenterMigration {
  /**
   * The objects of YAML files, of any number of documents each.
   */
  public static fromFiles(files: string[], options?: KarpenterMigrationOptions): KarpenterMigration {
    return KarpenterMigration.fromObjects(files.flatMap(file => Yaml.load(file)), options);
  }

  /**
   * The objects of a YAML text, of any number of documents.
   */
  public static fromYaml(yaml: string, options?: KarpenterMigrationOptions): KarpenterMigration {
    const folder = mkdtempSync(join(tmpdir(), 'karpenter-migration-')); // cdk8s reads YAML from files only
    try {
      writeFileSync(join(folder, 'objects.yaml'), yaml);
      return KarpenterMigration.fromFiles([join(folder, 'objects.yaml')], options);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /**
   * The objects as they are, such as those of `kubectl get -o json`. Objects of `kind: List` are what they list.
   */
  public static fromObjects(objects: any[], options?: KarpenterMigrationOptions): KarpenterMigration {
    return new KarpenterMigration(flatten(objects), options ?? {});
  }

  /** The objects of v1: node classes, then pools. */
  public readonly objects: any[];

  /** What happened to them. */
  public readonly notes: KarpenterMigrationNote[] = [];

  /** Values of Karpenter's chart that take the place of the ConfigMap karpenter-global-settings: for `values` of `addons.Karpenter`. */
  public readonly values: { [key: string]: any };

  private constructor(objects: any[], identity: NodeIdentity) {
    if (identity.nodeRole !== undefined && identity.instanceProfile !== undefined) {
      throw new Error(`"nodeRole" is "${identity.nodeRole}" and "instanceProfile" is "${identity.instanceProfile}": give one of them`);
    }
    const is = (kind: string, version: RegExp) => (object: any) => object.kind === kind && version.test(object.apiVersion);
    const take = (test: (object: any) => boolean) => objects.filter(test).map(object => ({ object, notes: new Notes(this.notes, `${object.kind}/${object.metadata.name}`) }));

    const settings = this.settings(take(object => object.kind === 'ConfigMap' && object.metadata.name === 'karpenter-global-settings'));
    const provisioners = take(is('Provisioner', /^karpenter\.sh\/v1alpha5$/));
    const classes = [
      ...take(is('AWSNodeTemplate', /^karpenter\.k8s\.aws\/v1alpha1$/))
        .map(({ object, notes }) => fromNodeTemplate(object.metadata, object.spec ?? {}, identity, settings, notes)),
      ...provisioners.filter(({ object }) => object.spec?.provider && !object.spec.providerRef)
        .map(({ object, notes }) => fromNodeTemplate({ name: inlineClassName(object) }, object.spec.provider, identity, settings, notes)),
      ...take(is('EC2NodeClass', /^karpenter\.k8s\.aws\/v1beta1$/)).map(({ object, notes }) => fromNodeClass(object, notes)),
      ...objects.filter(is('EC2NodeClass', /^karpenter\.k8s\.aws\/v1$/)),
    ];
    const pools: MigratedPool[] = [
      ...provisioners.map(({ object, notes }) => fromProvisioner(object, settings, notes)),
      ...take(is('NodePool', /^karpenter\.sh\/v1beta1$/)).map(({ object, notes }) => fromNodePool(object, notes)),
      ...take(is('NodePool', /^karpenter\.sh\/v1$/)).map(({ object, notes }) => ({ object, notes })),
    ];
    checkNames(classes);
    checkNames(pools.map(({ object }) => object));
    this.objects = [...classes, ...moveKubelets(pools, classes), ...pools.map(({ object }) => object)];
    this.values = Object.keys(settings.values).length > 0 ? { settings: settings.values } : {};
    this.tellOfOthers(objects);
  }

  /** What is left to decide: notes of that kind alone. */
  public get decisions(): KarpenterMigrationNote[] {
    return this.notes.filter(({ kind }) => kind === KarpenterMigrationNoteKind.DECIDE);
  }

  /** The objects as YAML. */
  public toYaml(): string {
    return this.objects.length > 0 ? Yaml.stringify(...this.objects) : '';
  }

  /** The notes as text, by kind, what is to be decided last. */
  public toText(): string {
    const titles = { [KarpenterMigrationNoteKind.CHANGED]: 'Changed', [KarpenterMigrationNoteKind.DROPPED]: 'Dropped', [KarpenterMigrationNoteKind.DECIDE]: 'For you to decide' };
    return Object.entries(titles).map(([kind, title]) => {
      const lines = this.notes.filter(note => note.kind === kind).map(({ object, field, text }) => `  ${[object, field].filter(Boolean).join(' ')}: ${text}`);
      return `${title}\n${lines.length > 0 ? lines.join('\n') : '  nothing'}\n`;
    }).join('\n');
  }

  private settings(found: { object: any; notes: Notes }[]): GlobalSettings {
    return found.length > 0 ? globalSettings(found[0].object.data, found[0].notes) : { values: {} };
  }

  /** What is neither migrated nor taken over, and what in it goes by names that are gone. */
  private tellOfOthers(objects: any[]): void {
    const migrated = /^(karpenter\.sh\/(v1alpha5|v1beta1|v1)|karpenter\.k8s\.aws\/(v1alpha1|v1beta1|v1)) (Provisioner|AWSNodeTemplate|NodePool|EC2NodeClass)$/;
    for (const object of objects.filter(({ apiVersion, kind, metadata }) => !migrated.test(`${apiVersion} ${kind}`) && metadata.name !== 'karpenter-global-settings')) {
      const notes = new Notes(this.notes, `${object.kind}/${object.metadata.name}`);
      notes.dropped('', /^karpenter\./.test(object.apiVersion) ? 'Karpenter makes its like itself' : 'is no object of Karpenter\'s: it stays as it is');
      const old = ['karpenter.sh/provisioner-name', 'karpenter.sh/do-not-evict', 'karpenter.sh/do-not-consolidate', 'karpenter.sh/disruption']
        .filter(name => JSON.stringify(object).includes(`"${name}"`));
      if (old.length > 0) {
        notes.decide('', `goes by ${old.join(', ')}: they are called karpenter.sh/nodepool, karpenter.sh/do-not-disrupt and karpenter.sh/disrupted (the taint) now`);
      }
    }
  }
}

function flatten(objects: any[]): any[] {
  return objects.flatMap((object, index) => {
    if (Array.isArray(object?.items)) {
      return flatten(object.items);
    }
    if (typeof object?.apiVersion !== 'string' || typeof object?.kind !== 'string' || typeof object?.metadata?.name !== 'string') {
      throw new Error(`object ${index + 1} is no Kubernetes object: give it an "apiVersion", a "kind" and a "metadata.name"`);
    }
    return [withoutNulls(object)];
  });
}

/** A field that is null is one that is not there: so the API server takes it. */
function withoutNulls(value: any): any {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined)
      .map(([key, item]) => [key, withoutNulls(item)]))
    : value;
}

function checkNames(objects: any[]): void {
  const names = objects.map(({ metadata }) => metadata.name);
  const twice = repeated(names);
  if (twice !== undefined) {
    throw new Error(`"${twice}" would be the name of two objects of kind ${objects[0].kind}: leave the older one out, or give one of them another name`);
  }
}
