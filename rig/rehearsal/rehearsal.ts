import { Assembly, AssemblyStack } from '../engine/assembly';
import { differences } from '../engine/difference';
import { Schema } from '../engine/schema';
import { Stack } from '../engine/stack';
import { Step } from '../engine/step';
import { isCustom, Template } from '../engine/template';
import { Turns } from '../engine/turns';
import { differencesFrom, settledState, State, takeState } from '../oracle/state';
import { Rig } from '../rig';
import { Act } from './report';
import { userChanges } from './user-changes';
import { changed, madeAnew, oneVersionBefore, unprotected } from './variants';

/** When a step fails: before it had its effect, or after, or one so and the next one so. */
export type When = 'before' | 'after' | 'by turns';

/** Which resources are to fail, one after the other: every custom resource and one of each type, all, or some by their logical ids. */
export type Which = 'sample' | 'all' | string[];

/** The message of a failure that was asked for. */
const ASKED_FOR = 'the rig lets this step fail';

/** Puts the stacks of an app through what a life may bring, and looks at what is there afterwards. */
export class Rehearsal {
  readonly acts: Act[] = [];
  private readonly schema = Schema.load();
  /** For the act that is under way. */
  private readonly notes: string[] = [];

  constructor(private readonly rig: Rig, private readonly assembly: Assembly, private readonly tell: (act: Act) => void = () => undefined) {}

  /** Create as it is, take protection off, change, change back, delete: at the end nothing is left. */
  async life(): Promise<void> {
    const empty = await takeState(this.rig.model);
    await this.deployAll('create', template => template);
    await this.deployAll('take deletion protection off', unprotected);
    const before = await settledState(this.rig.model);
    await this.deployAll('change', template => this.changed(template));
    await this.deployAll('change back', unprotected, async () => differencesFrom(before, this.rig.model));
    await this.act('deploy the same again: nothing is done', async () => {
      const steps = this.rig.engine.events.length;
      await this.deployEach(unprotected);
      return this.rig.engine.events.slice(steps).map(({ logicalId, action }) => `${action} ${logicalId}`);
    });
    await this.deleteAll('delete', empty);
  }

  /** What users do, each by itself: there and back again, and failing at its last step. */
  async changes(): Promise<void> {
    const empty = await takeState(this.rig.model);
    await this.deployAll('create', unprotected);
    await settledState(this.rig.model);
    const goBack = await this.rig.save();
    for (const { name, template } of this.assembly.stacks) {
      const original = unprotected(template);
      for (const change of userChanges(original)) {
        // What the change before has made anew is what was there before this one.
        const before = await settledState(this.rig.model);
        const counts = (line: string) => !change.makesAnew || !line.includes(', made anew: ');
        const remaining = async () => (await differencesFrom(before, this.rig.model, undefined, counts)).filter(counts);
        const isWork = ({ action, phase }: Step) => phase === 'forward' && action !== 'Delete';
        let last = '';
        const found = await this.act(`${name}: ${change.name}, and back`, async () => {
          const started = this.rig.engine.events.length;
          const there = this.judge(await this.rig.engine.deploy(name, change.template), 'UPDATE_COMPLETE');
          last = this.rig.engine.events.slice(started).filter(isWork).at(-1)?.logicalId ?? '';
          return [...there, ...this.judge(await this.rig.engine.deploy(name, original), 'UPDATE_COMPLETE'), ...await remaining()];
        });
        if (found.length > 0) { await goBack(); }
        const spoiled = await this.act(`${name}: ${change.name}, failing after ${last}`, async () => {
          const result = await this.withFailure('after', step => isWork(step) && step.logicalId === last, () => this.rig.engine.deploy(name, change.template));
          return [...this.judge(result, 'UPDATE_ROLLBACK_COMPLETE'), ...await remaining()];
        });
        if (spoiled.length > 0) { await goBack(); }
      }
    }
    await this.deleteAll('delete after the changes', empty);
  }

  /** Created one Kubernetes version before, then brought to that of the templates: first the control plane, then add-ons and node groups. */
  async versionUpdate(): Promise<void> {
    const empty = await takeState(this.rig.model);
    await this.deployAll('create one Kubernetes version before', template => oneVersionBefore(unprotected(template)));
    const started = this.rig.engine.events.length;
    await this.deployAll('update Kubernetes by one version', unprotected, async () => {
      const events = this.rig.engine.events.slice(started);
      const upgraded = events.findIndex(({ type, status }) => type === 'AWS::EKS::Cluster' && status === 'COMPLETE');
      return events.slice(0, Math.max(0, upgraded)).filter(({ type }) => ['AWS::EKS::Addon', 'AWS::EKS::Nodegroup'].includes(type))
        .map(({ logicalId }) => `${logicalId} was updated before the control plane had its version`);
    });
    await this.deleteAll('delete after the version update', empty);
  }

  /**
   * A first create fails at one resource after the other, and is rolled back to what was there before; then it succeeds.
   *
   * Each failure starts from where a create stood when it came to the resource, all before it being there.
   */
  async failOnCreate(which: Which, when: When): Promise<void> {
    const empty = await takeState(this.rig.model);
    for (const stack of this.assembly.stacks) {
      const template = unprotected(stack.template);
      const before = await settledState(this.rig.model);
      const points = await this.pointsOf(`create ${stack.name}, one resource at a time`, stack, which, 'Create', async () =>
        this.judge(await this.rig.engine.deploy(stack.name, template), 'CREATE_COMPLETE'));
      for (const [i, [id, goBack]] of points.entries()) {
        const how = turn(when, i);
        await this.act(`fail ${how} the create of ${stack.name}/${id}, roll back`, async () => {
          await goBack();
          const result = await this.withFailure(how, step => step.action === 'Create' && step.logicalId === id, () => this.rig.engine.deploy(stack.name, template));
          return [...this.judge(result, 'ROLLBACK_COMPLETE'), ...await this.deleteStack(stack.name), ...await this.leftSince(before)];
        });
      }
      await this.act(`create ${stack.name} after all`, async () => this.judge(await this.rig.engine.deploy(stack.name, template), 'CREATE_COMPLETE'));
    }
    await this.deleteAll('delete after the failed creates', empty);
  }

  /** A change fails at one resource after the other, and is rolled back to what was there; then it succeeds. */
  async failOnUpdate(which: Which, when: When): Promise<void> {
    const empty = await takeState(this.rig.model);
    await this.deployAll('create', unprotected);
    const before = await settledState(this.rig.model);
    const goBack = await this.rig.save();
    for (const stack of this.assembly.stacks) {
      const next = madeAnew(unprotected(stack.template), this.schema);
      const targets = this.targets(stack, which).filter(id => differences(unprotected(stack.template).Resources[id], next.Resources[id]).length > 0);
      for (const [i, id] of targets.entries()) {
        const how = turn(when, i);
        const found = await this.act(`fail ${how} the update of ${stack.name}/${id}, roll back`, async () => {
          // What can only be made anew is created.
          const result = await this.withFailure(how, step => step.action !== 'Delete' && step.phase === 'forward' && step.logicalId === id, () =>
            this.rig.engine.deploy(stack.name, next));
          return [...this.judge(result, 'UPDATE_ROLLBACK_COMPLETE'), ...await differencesFrom(before, this.rig.model)];
        });
        // What one failure spoils is not held against the next one.
        if (found.length > 0) { await goBack(); }
      }
    }
    await this.deployAll('change after all', template => this.changed(template));
    await this.deleteAll('delete after the failed updates', empty);
  }

  /**
   * A delete fails at one resource after the other; deleting a second time succeeds.
   *
   * Each failure starts from where a delete stood when it came to the resource.
   */
  async failOnDelete(which: Which, when: When): Promise<void> {
    const empty: State[] = [];
    for (const { name, template } of this.assembly.stacks) {
      empty.push(await settledState(this.rig.model));
      await this.act(`create ${name}`, async () => this.judge(await this.rig.engine.deploy(name, unprotected(template)), 'CREATE_COMPLETE'));
    }
    for (const stack of [...this.assembly.stacks].reverse()) {
      const without = empty.pop()!;
      const points = await this.pointsOf(`delete ${stack.name}, one resource at a time`, stack, which, 'Delete', async () =>
        [...this.judge(await this.rig.engine.delete(stack.name), 'DELETE_COMPLETE'), ...await this.leftSince(without)]);
      for (const [i, [id, goBack]] of points.entries()) {
        const how = turn(when, i);
        await this.act(`fail ${how} the delete of ${stack.name}/${id}, delete again`, async () => {
          await goBack();
          const failed = await this.withFailure(how, step => step.action === 'Delete' && step.logicalId === id, () => this.rig.engine.delete(stack.name));
          return [...this.judge(failed, 'DELETE_FAILED'), ...await this.deleteStack(stack.name), ...await this.leftSince(without)];
        });
      }
    }
  }

  /** Every resource fails to be deleted once, all in one life; deleting again and again comes to an end. */
  async failEveryDeleteOnce(when: 'before' | 'after'): Promise<void> {
    const empty = await takeState(this.rig.model);
    await this.deployAll('create', unprotected);
    for (const { name, template } of [...this.assembly.stacks].reverse()) {
      await this.act(`delete ${name}, every resource failing once ${when} its delete`, async () => {
        const open = new Set(Object.keys(template.Resources));
        let rounds = 0;
        for (let status = ''; status !== 'DELETE_COMPLETE'; rounds++) {
          const left = open.size;
          const stack = await this.withFailure(when, step => step.action === 'Delete' && open.delete(step.logicalId), () => this.rig.engine.delete(name));
          const unexpected = this.judge(stack, 'DELETE_COMPLETE', 'DELETE_FAILED');
          if (unexpected.length > 0) { return unexpected; }
          if (left === open.size && stack.status !== 'DELETE_COMPLETE') { return ['no progress']; }
          status = stack.status;
        }
        return [];
      });
    }
    await this.act('nothing is left', () => this.leftSince(empty));
  }

  /** Runs something under a name; what it returns is what was not as it should be. */
  async act(name: string, work: () => Promise<string[]>): Promise<string[]> {
    const started = Date.now();
    const incidents = this.rig.lambda.incidents.length;
    const findings = await work().catch(e => [`${(e as Error).message}`]);
    const act: Act = {
      name,
      seconds: (Date.now() - started) / 1000,
      findings: [...findings, ...this.rig.lambda.incidents.slice(incidents)],
      notes: this.notes.splice(0),
    };
    this.acts.push(act);
    this.tell(act);
    return act.findings;
  }

  async deployAll(name: string, variant: (template: Template) => Template, check: () => Promise<string[]> = async () => []): Promise<void> {
    await this.act(name, async () => {
      const findings = await this.deployEach(variant);
      return findings.length > 0 ? findings : check();
    });
  }

  /** Deletes all stacks; then the account is as it was in a state, and the clusters were left as they were made. */
  async deleteAll(name: string, empty: State): Promise<void> {
    await this.act(name, async () => {
      const findings: string[] = [];
      for (const stack of [...this.assembly.stacks].reverse()) {
        if (findings.length === 0) { findings.push(...await this.deleteStack(stack.name)); }
      }
      return [...findings, ...await this.leftSince(empty)];
    });
  }

  private async deployEach(variant: (template: Template) => Template): Promise<string[]> {
    for (const { name, template } of this.assembly.stacks) {
      const findings = this.judge(await this.rig.engine.deploy(name, variant(template)), 'CREATE_COMPLETE', 'UPDATE_COMPLETE');
      if (findings.length > 0) { return findings; }
    }
    return [];
  }

  private changed(template: Template): Template {
    return changed(unprotected(template), this.schema);
  }

  private async deleteStack(name: string): Promise<string[]> {
    return this.rig.engine.stacks.has(name) ? this.judge(await this.rig.engine.delete(name), 'DELETE_COMPLETE') : [];
  }

  private judge(stack: Stack, ...expected: string[]): string[] {
    const unexpected = stack.failures.filter(({ reason }) => reason !== ASKED_FOR).map(({ logicalId, reason }) => `${stack.name}/${logicalId}: ${reason}`);
    const abandoned = stack.abandoned.splice(0).map(({ logicalId, physicalId }) => `${stack.name}/${logicalId} (${physicalId}) was given up`);
    for (const { type, physicalId, logicalId } of stack.kept.splice(0)) {
      this.notes.push(`${stack.name}/${logicalId} (${physicalId}) stayed, as its policy says; it is taken away by hand`);
      this.rig.model.world.remove({ type, id: physicalId });
    }
    return [...expected.includes(stack.status) ? [] : [`${stack.name} is ${stack.status}`], ...unexpected, ...abandoned];
  }

  /** Does something one step at a time, and keeps how it stood before those that are to fail. */
  private async pointsOf(
    name: string, stack: AssemblyStack, which: Which, action: Step['action'], work: () => Promise<string[]>,
  ): Promise<[logicalId: string, goBack: () => Promise<void>][]> {
    const points: [string, () => Promise<void>][] = [];
    const targets = new Set(this.targets(stack, which));
    const turns = new Turns();
    // A stack in a stack is a step around those of its own.
    const counts = (step: Step) => step.type !== 'AWS::CloudFormation::Stack';
    this.rig.engine.faults = {
      before: async step => {
        if (!counts(step)) { return; }
        // A cluster and what is in it take long to go: as few of the points as possible are to have them.
        await turns.take(isOfCluster(step.type) === (action === 'Create') ? 1 : 0);
        if (step.stack === stack.name && step.action === action && targets.delete(step.logicalId)) {
          points.push([step.logicalId, await this.rig.save()]);
        }
      },
      done: step => { if (counts(step)) { turns.end(); } },
    };
    await this.act(name, work);
    this.rig.engine.faults = {};
    return points;
  }

  private async withFailure<T>(when: 'before' | 'after', matches: (step: Step) => boolean, work: () => Promise<T>): Promise<T> {
    this.rig.engine.faults = { [when]: (step: Step) => { if (matches(step)) { throw new Error(ASKED_FOR); } } };
    try {
      return await work();
    } finally {
      this.rig.engine.faults = {};
    }
  }

  private targets({ template }: AssemblyStack, which: Which): string[] {
    if (Array.isArray(which)) { return which.filter(id => id in template.Resources); }
    const seen = new Set<string>();
    return Object.entries(template.Resources).filter(([, { Type }]) => {
      const isNew = !seen.has(Type);
      seen.add(Type);
      return which === 'all' || isNew || isCustom(Type);
    }).map(([id]) => id);
  }

  /** What is left in the account and in clusters, also in those that were deleted. Definitions that a Helm chart brought outlive it, as with helm itself. */
  private async leftSince(empty: State): Promise<string[]> {
    const residues = this.rig.residues.splice(0).flatMap(({ cluster, objects }) => objects.map(object => `in ${cluster}, when it was deleted, ${object}`));
    const left = [...await differencesFrom(empty, this.rig.model, 5_000, line => !isDefinition(line)), ...residues];
    const definitions = left.filter(isDefinition).length;
    if (definitions > 0) { this.notes.push(`${definitions} CustomResourceDefinitions of Helm charts stayed in their cluster`); }
    return left.filter(line => !isDefinition(line));
  }
}

function turn(when: When, i: number): 'before' | 'after' {
  return when !== 'by turns' ? when : i % 2 === 0 ? 'after' : 'before';
}

function isOfCluster(type: string): boolean {
  return isCustom(type) || type.startsWith('AWS::EKS::') || type === 'AWS::Lambda::Function';
}

function isDefinition(line: string): boolean {
  return /left over: \S+ CustomResourceDefinition /.test(line);
}
