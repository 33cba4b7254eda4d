import { parseAllDocuments } from 'yaml';
import { appliedBy } from './applied-fields';
import { claimant, claimOf, CLAIM } from './claim';
import { concealed } from './conceal';
import { each, sleep } from './concurrency';
import { ApiResource } from './discovery';
import { ChartSource, Helm, HelmError } from './helm';
import { HelmRecord } from './helm-record';
import { Identities } from './identities';
import { Entry, Heirs, Inventory, OWNER_LABEL, ownerOfHash } from './inventory';
import { KubeClient } from './kube-client';
import { passOn } from './move';
import { describe, idOf, keyOf, KubeObject, versionOf } from './objects';
import { isCrd } from './order';
import { describeOwner, Owner } from './owner';
import { Previous } from './previous';
import { remove, whatHolds } from './remove';
import { log, logged, Outcome, Request } from './request';
import { survey } from './survey';
import { waitUntilReady, whyNotReady } from './wait';

/** One Helm release, and how it is delivered. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly source: ChartSource;
  /** JSON text. */
  readonly values?: string;
  /** What must not be told of the values. */
  readonly secrets?: string[];
  readonly skipCrds: boolean;
  readonly wait: boolean;
  /** Seconds. */
  readonly timeout: number;
  /** Take over a release that exists and is nobody's. */
  readonly adopt: boolean;
  /** Revisions that are kept. */
  readonly maxHistory: number;
  /** Put a release back at once when an update of it failed. */
  readonly atomic: boolean;
  /** Service accounts with a Pod Identity association, as `namespace/name`. */
  readonly identities?: string[];
}

interface Revision {
  readonly version: number;
  readonly status: string;
  readonly owner?: string;
}

const SECRETS = new ApiResource('', 'v1', 'Secret', 'secrets', true);
const NAMESPACES = new ApiResource('', 'v1', 'Namespace', 'namespaces', false);
const CRDS = new ApiResource('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', false);
const WORKLOADS = [
  new ApiResource('apps', 'v1', 'Deployment', 'deployments', true),
  new ApiResource('apps', 'v1', 'StatefulSet', 'statefulsets', true),
  new ApiResource('apps', 'v1', 'DaemonSet', 'daemonsets', true),
  new ApiResource('batch', 'v1', 'Job', 'jobs', true),
  new ApiResource('', 'v1', 'Pod', 'pods', true),
];
/** What shows that a namespace is in use, besides what every namespace has. */
const SIGNS_OF_USE = [...WORKLOADS, SECRETS, new ApiResource('', 'v1', 'Service', 'services', true),
  new ApiResource('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', true), new ApiResource('', 'v1', 'ConfigMap', 'configmaps', true),
  new ApiResource('', 'v1', 'ServiceAccount', 'serviceaccounts', true)];
const IN_EVERY_NAMESPACE = ['kube-root-ca.crt', 'default'];
/** By this helm marks what is of a release. */
const RELEASE_NAME = 'meta.helm.sh/release-name';
const MAX_TRIES = 5;

/** A release that is there already, and is to be ours. */
interface Taken {
  /** Whose it is yet, if it is of this stack. */
  readonly from?: Owner;
}

/** Installs, upgrades and removes the release of one custom resource. */
export class HelmDelivery {
  static async open(request: Request, helm: () => Promise<Helm>): Promise<HelmDelivery> {
    return new HelmDelivery(request, await Inventory.read(request.client, request.owner), helm);
  }

  private readonly client: KubeClient;
  private readonly owner: Owner;

  private constructor(private readonly request: Request, private readonly inventory: Inventory, private readonly openHelm: () => Promise<Helm>) {
    this.client = request.client;
    this.owner = request.owner;
  }

  /** Create or Update. */
  async deliver(release: Release): Promise<Outcome> {
    const { event } = this.request;
    if (this.inventory.hasHandled(event.RequestId)) {
      log('this request was dealt with before: nothing to do');
      return {};
    }
    if (event.RequestType === 'Create' && this.inventory.isConfirmed) {
      this.inventory.inherit();
    }
    const before = await this.history(release.namespace, release.name);
    const taken = await this.judge(release, before);
    const entry = releaseEntry(release);
    const old = this.inventory.entries.filter(e => e.kind === entry.kind && keyOf(e) !== keyOf(entry));
    this.inventory.put(taken ? { ...entry, ...taken.from ? { from: taken.from.logicalId } : { adopted: true }, revision: lastGood(before) } : entry);
    await this.inventory.begin();
    const helm = await this.openHelm();
    helm.conceal(release.secrets ?? []);
    let bare: string[];
    try {
      await this.ensureNamespace(release, taken?.from);
      await this.recover(helm, release, before);
      const chart = await helm.fetch(release.source, this.request.deadline);
      if (!release.skipCrds) {
        await this.applyCrds(helm, chart, taken?.from);
      }
      bare = await new Identities(this.client, release.identities ?? [])
        .during(() => this.upgrade(helm, release, chart), release.wait, this.request.deadline);
      await this.letGo(helm, old, false);
      await this.removeEmptyNamespaces({ undo: false, except: release.namespace });
    } catch (error) {
      const cause = await this.withReasons(error as Error, release);
      this.client.deadline = this.request.lastMoment;
      if (event.RequestType === 'Create') {
        await this.undo(helm, cause);
      } else {
        await this.inventory.write();
        await this.putBack(helm, release, before);
      }
      throw cause;
    } finally {
      helm.close();
    }
    this.inventory.drop(old);
    this.inventory.confirm(event.RequestId);
    await this.inventory.write();
    if (old.length > 0) {
      await Previous.forget(this.client, { giver: this.owner });
    }
    return { note: [...taken?.from ? [`taken over from ${taken.from.describe()}`] : [], ...bare].join('; ') || undefined };
  }

  /** Delete. */
  async withdraw(release: Pick<Release, 'name' | 'namespace'>, retain: boolean): Promise<Outcome> {
    if (!this.inventory.exists) {
      // No record: then only what our own mark is on.
      this.inventory.put(releaseEntry(release));
    }
    await this.inventory.leave();
    if (this.inventory.exists && !this.inventory.isConfirmed) {
      const helm = await this.openHelm();
      try {
        await this.takeBack(helm);
      } finally {
        helm.close();
      }
    } else {
      const releases = this.inventory.entries.filter(entry => entry.kind === RELEASE_KIND);
      const present = (await Promise.all(releases.map(r => this.history(r.namespace, r.name)))).some(history => history.length > 0);
      const helm = present ? await this.openHelm() : undefined;
      try {
        await this.letGo(helm, releases, retain);
      } finally {
        helm?.close();
      }
      await this.untilGone();
      if (!retain) {
        await this.removeEmptyNamespaces({ undo: false });
      }
    }
    // Definitions outlive a release, as with Helm: others may have made objects of them.
    const rest = this.inventory.entries.filter(entry => entry.kind !== RELEASE_KIND);
    await remove(this.client, this.owner, rest, { retain: true, undo: false });
    await this.inventory.delete();
    await Previous.forget(this.client, { taker: this.owner });
    await Previous.forget(this.client, { giver: this.owner });
    return retain ? { note: `kept: Helm release ${release.namespace}/${release.name}` } : {};
  }

  /** Revisions of a release, the newest last. */
  private async history(namespace: string, name: string): Promise<Revision[]> {
    const secrets = await this.client.list(SECRETS, namespace, { metadata: true, selector: `owner=helm,name=${name}` });
    return secrets
      .map(({ metadata: { labels = {} } }) => ({ version: Number(labels.version), status: labels.status, owner: labels[OWNER_LABEL] }))
      .sort((a, b) => a.version - b.version);
  }

  /** Whether the release is there already and is taken over; refuses one that is not ours to take. */
  private async judge(release: Release, history: Revision[]): Promise<Taken | undefined> {
    const latest = history.at(-1);
    if (!latest || latest.status === 'uninstalled' || latest.owner === this.owner.hash) {
      return undefined;
    }
    const other = latest.owner && await ownerOfHash(this.client, latest.owner);
    const name = `Helm release "${release.name}" in namespace "${release.namespace}"`;
    const sibling = this.owner.siblingIn(other ?? '');
    // What both have, and nobody has asked the one to let go of, would go to and fro.
    if (sibling && !(this.inventory.isSettled && this.inventory.entry(releaseEntry(release)))) {
      return { from: sibling };
    }
    if (other) {
      throw new Error(`${name} is delivered by ${describeOwner(other)} and cannot be delivered by ${this.owner.describe()} too. Give one of the two another release name`);
    }
    if (!release.adopt) {
      throw new Error(`${name} exists and was not delivered by EKS Slipway. Adopt it (conflict: adopt), choose another release name, or uninstall the existing one`);
    }
    return {};
  }

  private async ensureNamespace(release: Release, giver: Owner | undefined): Promise<void> {
    const found = await this.client.get(NAMESPACES, '', release.namespace);
    if (found && giver) {
      await this.takeOver(NAMESPACES, [found], giver);
    }
    if (!release.createNamespace || found) {
      return;
    }
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace } as KubeObject['metadata'] };
    namespace.metadata.annotations = { [CLAIM]: claimOf(this.owner, idOf(namespace)) };
    this.inventory.intend(namespace, { adopted: false });
    await this.inventory.write();
    this.inventory.applied(await logged('applied', `Namespace ${release.namespace}`, () =>
      this.client.apply(NAMESPACES, namespace, { force: false, validation: 'Strict' })));
  }

  /** Of these objects, what goes with a release that was another's. */
  private async takeOver(resource: ApiResource, objects: KubeObject[], giver: Owner): Promise<void> {
    const theirs = objects.filter(object => claimant(object) === giver.toString());
    if (theirs.length === 0) {
      return;
    }
    await (await Previous.read(this.client, this.owner, giver)).keep(theirs.map(object => appliedBy(object, giver.fieldManager)));
    theirs.forEach(object => this.inventory.intend(object, { adopted: false, from: giver.logicalId, uid: object.metadata.uid }));
    await this.inventory.write();
    await each(theirs, async object => void await passOn(this.client, resource, idOf(object), giver, this.owner));
  }

  /** A release whose helm was killed is locked: put it back where it can go on from. */
  private async recover(helm: Helm, release: Release, history: Revision[]): Promise<void> {
    const status = history.at(-1)?.status ?? '';
    if (!status.startsWith('pending-') && status !== 'uninstalling') {
      return;
    }
    const good = status === 'uninstalling' ? undefined : lastGood(history);
    log(`release ${release.namespace}/${release.name} is ${status}: ${good ? `rolling back to revision ${good}` : 'uninstalling what is there of it'}`);
    if (good) {
      await this.rollback(helm, release.namespace, release.name, good);
    } else {
      await this.uninstall(helm, release.namespace, release.name, false);
    }
  }

  /** helm installs the definitions of a chart once and never upgrades them; we apply them each time. */
  private async applyCrds(helm: Helm, chart: string, giver: Owner | undefined): Promise<void> {
    const text = await helm.run(['show', 'crds', chart], { deadline: this.request.deadline });
    const crds = (parseAllDocuments(text) as { toJS(): any }[])
      .map(document => document.toJS() as KubeObject)
      .filter(object => object?.kind && isCrd(object));
    if (giver) {
      const whole = await Promise.all(crds.map(async crd => this.client.get(CRDS, '', crd.metadata.name)));
      await this.takeOver(CRDS, whole.filter((crd): crd is KubeObject => crd !== undefined), giver);
    }
    const there = await survey(this.client, crds.map(crd => ({ ...idOf(crd), version: versionOf(crd.apiVersion) })));
    const mine = crds.filter(crd => {
      const current = there.get(keyOf(idOf(crd)));
      const claim = current && claimant(current);
      if (claim && claim !== this.owner.toString()) {
        log(`left alone ${describe(idOf(crd))}: ${describeOwner(claim)} delivers it`);
        return false;
      }
      if (!current || claim) {
        crd.metadata.annotations = { ...crd.metadata.annotations, [CLAIM]: claimOf(this.owner, idOf(crd)) };
        this.inventory.intend(crd, { adopted: false, uid: current?.metadata.uid });
      }
      return true;
    });
    if (mine.length === 0) {
      return;
    }
    await this.inventory.write();
    await each(mine, async crd => {
      const { status, ...body } = crd;
      this.inventory.applied(await logged('applied', describe(idOf(crd)), () =>
        this.client.apply(CRDS, { ...body, apiVersion: crd.apiVersion, kind: crd.kind, metadata: crd.metadata }, { force: true, validation: 'Ignore' })));
    });
    await waitUntilReady(this.client, mine.map(crd => ({ resource: CRDS, id: idOf(crd) })), this.request.deadline);
  }

  private async upgrade(helm: Helm, release: Release, chart: string): Promise<void> {
    let mended = false;
    for (let attempt = 1; ; attempt++) {
      const left = Math.floor((this.request.deadline - Date.now()) / 1000) - 5;
      const args = [
        'upgrade', release.name, chart, '--install', '--namespace', release.namespace, '--skip-crds', '--history-max', String(release.maxHistory),
        '--labels', `${OWNER_LABEL}=${this.owner.hash}`,
        '--timeout', `${Math.max(1, Math.min(release.timeout, left))}s`,
        ...release.wait ? ['--wait'] : [],
        ...release.values ? ['--values', '-'] : [],
        ...await this.force(release.namespace, release.name, (await this.history(release.namespace, release.name)).at(-1)?.version),
      ];
      try {
        await logged('upgraded', `release ${release.namespace}/${release.name}`, () => helm.run(args, { stdin: release.values, deadline: this.request.deadline }));
        return;
      } catch (error) {
        if (error instanceof HelmError && error.isUnknownKind && !mended) {
          mended = true;
          if (await this.mend(release.namespace, release.name)) {
            continue;
          }
        }
        if (!(error instanceof HelmError) || !error.isTransient || attempt === MAX_TRIES || left < 30) {
          throw error;
        }
        await sleep(2000 * attempt);
        await this.recover(helm, release, await this.history(release.namespace, release.name));
      }
    }
  }

  private async rollback(helm: Helm, namespace: string, name: string, revision: number): Promise<void> {
    const force = await this.force(namespace, name, revision);
    await logged('rolled back', `release ${namespace}/${name} to revision ${revision}`, () =>
      helm.run(['rollback', name, String(revision), '--namespace', namespace, '--timeout', this.timeLeft(), ...force], { deadline: this.client.deadline }));
  }

  /** What somebody has changed in the cluster comes back. What is applied by the server would be a conflict; otherwise helm sees to it, and refuses the flag. */
  private async force(namespace: string, name: string, revision: number | undefined): Promise<string[]> {
    const record = revision === undefined ? undefined : await HelmRecord.read(this.client, namespace, name, revision);
    return record?.isAppliedByServer ? ['--force-conflicts'] : [];
  }

  /** What another custom resource of the stack wants is given to it, what nobody wants goes, unless it is to stay. */
  private async letGo(helm: Helm | undefined, releases: Entry[], retain: boolean): Promise<void> {
    if (!helm || releases.length === 0) {
      return;
    }
    const heirs = await Heirs.of(this.client, this.owner);
    for (const entry of releases) {
      const heir = heirs.heirTo(entry);
      if (heir) {
        await this.giveBack(helm, entry, heir);
      } else if (!retain) {
        await this.uninstall(helm, entry.namespace, entry.name, true);
      }
    }
  }

  /** A release that was the heir's before goes back to the revision it had then. */
  private async giveBack(helm: Helm, { namespace, name, revision }: Entry, heir: Owner): Promise<void> {
    const history = await this.history(namespace, name);
    if (history.at(-1)?.owner !== this.owner.hash) {
      log(`left alone release ${namespace}/${name}: it is not ours any more`);
      return;
    }
    if (history.some(({ version }) => version === revision)) {
      await this.rollback(helm, namespace, name, revision!);
    }
    const latest = (await this.history(namespace, name)).at(-1)!;
    await logged(`given back to "${heir.logicalId}"`, `release ${namespace}/${name}`, () => this.client.patch(
      SECRETS, namespace, `sh.helm.release.v1.${name}.v${latest.version}`, { metadata: { labels: { [OWNER_LABEL]: heir.hash } } }, 'application/merge-patch+json',
    ));
  }

  /** `onlyOurs`: a release without our mark is left alone. */
  private async uninstall(helm: Helm, namespace: string, name: string, onlyOurs: boolean): Promise<void> {
    const latest = (await this.history(namespace, name)).at(-1);
    if (!latest) {
      await this.untilGone();
      return;
    }
    if (onlyOurs && latest.owner !== this.owner.hash) {
      log(`left alone release ${namespace}/${name}: it is not ours any more`);
      return;
    }
    await this.listForRemoval(await HelmRecord.read(this.client, namespace, name, latest.version));
    await logged('uninstalled', `release ${namespace}/${name}`, async () => {
      // Helm 4 watches by default, may miss that an object went, and then waits for it to the end (helm/helm#31766); helm 3 only looks.
      let wait = '--wait=legacy';
      for (let mended = false; ;) {
        let failure: HelmError | undefined;
        try {
          await helm.run(['uninstall', name, '--namespace', namespace, wait, '--cascade', 'foreground', '--timeout', this.timeLeft()],
            { deadline: this.client.deadline });
        } catch (error) {
          failure = error as HelmError;
        }
        if (failure?.isUnknownStrategy && wait !== '--wait') {
          wait = '--wait';
          continue;
        }
        // Of an uninstall helm does not say that it was a kind it does not know.
        if (failure && !failure.isNotFound && !mended) {
          mended = true;
          if (await this.mend(namespace, name)) {
            continue;
          }
        }
        const isOver = failure === undefined || failure.isNotFound;
        if (!isOver && !/still exists|context deadline exceeded/.test(failure!.message)) {
          throw failure;
        }
        // Helm may give up on what is going already, forget the release, and call gone what is still going: look ourselves.
        await this.untilGone();
        if (isOver) {
          return;
        }
        if (Date.now() + 5_000 > this.client.deadline) {
          throw failure;
        }
      }
    });
  }

  /** Helm forgets a release when it has asked for the removal of its objects: what they are is written down before. */
  private async listForRemoval(record: HelmRecord | undefined): Promise<void> {
    const objects = await record?.objects() ?? [];
    const there = await survey(this.client, objects);
    const present = objects.filter(entry => there.has(keyOf(entry)));
    this.inventory.add(present.map(entry => ({ ...entry, uid: there.get(keyOf(entry))!.metadata.uid, going: true })));
    await this.inventory.write();
  }

  /** Until none of what helm has asked for the removal of is still there, finalizers included. What it has not asked for stays. */
  private async untilGone(): Promise<void> {
    let left = this.inventory.entries.filter(({ going }) => going);
    for (let delay = 100; left.length > 0; delay = Math.min(2000, delay * 1.5)) {
      const there = await survey(this.client, left);
      const isGoing = (object: KubeObject | undefined, uid: string | undefined) => object?.metadata.deletionTimestamp && object.metadata.uid === uid;
      const still = left.filter(entry => isGoing(there.get(keyOf(entry)), entry.uid));
      this.inventory.drop(left.filter(entry => !still.includes(entry)));
      left = still;
      if (left.length > 0 && Date.now() + delay + 5_000 > this.client.deadline) {
        const texts = left.slice(0, 5).map(entry => `${describe(entry)} is not gone in time: ${whatHolds(there.get(keyOf(entry))!)}`);
        throw new Error([...texts, ...left.length > 5 ? [`and ${left.length - 5} more`] : []].join('; '));
      }
      await (left.length > 0 && sleep(delay));
    }
  }

  /** Takes out of the record of a release what the cluster has forgotten. False if that is nothing. */
  private async mend(namespace: string, name: string): Promise<boolean> {
    const history = await this.history(namespace, name);
    const current = new Set([history.at(-1)?.version, history.filter(({ status }) => status === 'deployed').at(-1)?.version]);
    let mended = false;
    for (const version of current) {
      const record = version === undefined ? undefined : await HelmRecord.read(this.client, namespace, name, version);
      mended = await record?.mend() || mended;
    }
    return mended;
  }

  private timeLeft(): string {
    return `${Math.max(1, Math.floor((this.client.deadline - Date.now()) / 1000) - 3)}s`;
  }

  private async workloads(namespace: string): Promise<KubeObject[]> {
    const lists = await Promise.all(WORKLOADS.map(async kind =>
      // The items of a list do not say their kind.
      (await this.client.list(kind, namespace)).map(object => ({ ...object, apiVersion: kind.apiVersion, kind: kind.kind }))));
    return lists.flat();
  }

  /** The error, and what the workloads of the release say. */
  private async withReasons(error: Error, release: Release): Promise<Error> {
    if (!(error instanceof HelmError)) {
      return error;
    }
    const reasons: string[] = [];
    try {
      this.client.deadline = this.request.lastMoment;
      for (const workload of await this.workloads(release.namespace)) {
        const annotations = workload.metadata.annotations ?? {};
        if (annotations[RELEASE_NAME] === release.name || annotations['helm.sh/hook']) {
          reasons.push(await whyNotReady(this.client, workload) ?? '');
        }
      }
    } catch (e) {
      log(`the workloads cannot be looked at: ${(e as Error).message}`);
    }
    const told = reasons.filter(Boolean).slice(0, 5);
    return new Error(concealed([...told, error.message].join('; '), release.secrets ?? []));
  }

  private async undo(helm: Helm, cause: Error): Promise<void> {
    log('undoing the create');
    try {
      await this.inventory.leave();
      await this.takeBack(helm);
      await this.inventory.delete();
      await Previous.forget(this.client, { taker: this.owner });
    } catch (error) {
      cause.message += `. What it had made could not be removed completely: ${(error as Error).message}`;
    }
  }

  /** Removes what an unfinished create made; a release that was there before goes back to the revision it had. */
  private async takeBack(helm: Helm): Promise<void> {
    for (const entry of this.inventory.entries.filter(({ kind }) => kind === RELEASE_KIND)) {
      const { namespace, name, adopted, from, revision } = entry;
      if (from) {
        await this.giveBack(helm, entry, this.owner.siblingCalled(from));
      } else if (!adopted) {
        await this.uninstall(helm, namespace, name, true);
      } else if (revision && (await this.history(namespace, name)).at(-1)?.version !== revision) {
        await this.rollback(helm, namespace, name, revision);
      }
    }
    await this.removeEmptyNamespaces({ undo: true });
    const definitions = this.inventory.entries.filter(entry => isCrdEntry(entry) || (entry.kind === 'Namespace' && entry.from));
    await remove(this.client, this.owner, definitions, { retain: false, undo: true });
  }

  /** `Atomic` of CDK's type: CloudFormation's own rollback brings the old values too, a little later. */
  private async putBack(helm: Helm, release: Release, before: Revision[]): Promise<void> {
    const good = lastGood(before);
    if (release.atomic && good) {
      await this.rollback(helm, release.namespace, release.name, good).catch(error => log((error as Error).message));
    }
  }

  /** A namespace that we made goes when nothing is left in it, unless its annotation says otherwise. */
  private async removeEmptyNamespaces({ undo, except }: { undo: boolean; except?: string }): Promise<void> {
    for (const entry of this.inventory.entries.filter(e => e.kind === 'Namespace' && !e.going && e.name !== except)) {
      const held = await Promise.all(SIGNS_OF_USE.map(async kind => this.client.list(kind, entry.name, { metadata: true })));
      if (!held.flat().some(isOfSomebody)) {
        await remove(this.client, this.owner, [entry], { retain: false, undo });
        this.inventory.drop([entry]);
      }
    }
  }
}

/** What is going already, or goes with its owner, is no use of a namespace. */
function isOfSomebody({ metadata }: KubeObject): boolean {
  return !IN_EVERY_NAMESPACE.includes(metadata.name) && !metadata.deletionTimestamp && !metadata.ownerReferences?.length;
}

const RELEASE_KIND = 'HelmRelease';

function releaseEntry(release: { name: string; namespace: string }): Entry {
  return { group: 'helm.sh', version: 'v1', kind: RELEASE_KIND, namespace: release.namespace, name: release.name };
}

function isCrdEntry(entry: Entry): boolean {
  return entry.kind === 'CustomResourceDefinition';
}

/** The revision to go back to: the deployed one, or the last that once was. */
function lastGood(history: Revision[]): number | undefined {
  return ['deployed', 'superseded', 'failed'].map(status => history.filter(r => r.status === status).at(-1)?.version).find(v => v !== undefined);
}
