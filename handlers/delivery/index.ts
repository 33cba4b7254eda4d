import { kubernetesManifest, kubernetesObjectValue, kubernetesPatch } from './cdk-types';
import { deliver, withdraw } from './chart';
import { clusterAddress, isClusterGone } from './cluster';
import { parseJson, textOf } from './content';
import { drain } from './drain';
import { ChartProperties, CloudFormationEvent, Content, RESOURCE_TYPES } from './events';
import { cdkHelmChart, helmRelease } from './helm-types';
import { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { flatten, KubeObject } from './objects';
import { Owner } from './owner';
import { isTrue, log, Outcome, Request, seconds } from './request';
import { respond } from './respond';
import { sweep } from './sweep';
import { bearerToken } from './token';

/** What this code needs of Lambda's context. */
interface Context {
  getRemainingTimeInMillis(): number;
}

type Work = (request: Request) => Promise<Outcome>;

/** Left for the answer. */
const ANSWER_RESERVE = 10_000;
/** Left, in a create, for taking back what it made. */
const UNDO_RESERVE = 60_000;

const WORK: Record<string, Work> = {
  [RESOURCE_TYPES.CHART]: chart,
  [RESOURCE_TYPES.HELM_RELEASE]: helmRelease,
  [RESOURCE_TYPES.DRAIN]: drain,
  [RESOURCE_TYPES.CDK_MANIFEST]: kubernetesManifest,
  [RESOURCE_TYPES.CDK_HELM]: cdkHelmChart,
  [RESOURCE_TYPES.CDK_PATCH]: kubernetesPatch,
  [RESOURCE_TYPES.CDK_OBJECT_VALUE]: kubernetesObjectValue,
};

/** The Lambda function. It answers CloudFormation itself, and only throws if that was not possible. */
export async function handler(event: CloudFormationEvent, context?: Context): Promise<void> {
  const started = Date.now();
  const owner = Owner.of(event, String(event.ResourceProperties.ClusterName ?? process.env.CLUSTER_NAME ?? ''));
  const physicalId = physicalIdOf(event, owner);
  log(`${event.RequestType} ${event.ResourceType} ${owner.describe()} request ${event.RequestId}`);
  try {
    const outcome = await work(event, owner, started, context?.getRemainingTimeInMillis() ?? 900_000);
    if (outcome.handedOver) {
      log(`${event.RequestType} not done after ${Date.now() - started} ms: ${outcome.note}`);
      return;
    }
    log(`${event.RequestType} succeeded ${Date.now() - started} ms${outcome.note ? `: ${outcome.note}` : ''}`);
    await respond(event, { status: 'SUCCESS', physicalId, reason: outcome.note, data: outcome.data, noEcho: outcome.noEcho });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log(`${event.RequestType} failed ${Date.now() - started} ms: ${reason}`);
    await respond(event, { status: 'FAILED', physicalId, reason: reason || 'failed for no stated reason' });
  }
}

/**
 * The id that CloudFormation knows already: another one would be a replacement, and a delete after it. Which is right only where a resource
 * moves to another cluster: then what it left in the first one is to be deleted.
 */
function physicalIdOf(event: CloudFormationEvent, owner: Owner): string {
  const moved = event.RequestType === 'Update' && event.OldResourceProperties?.ClusterName !== event.ResourceProperties.ClusterName;
  return moved ? owner.physicalId : event.PhysicalResourceId ?? owner.physicalId;
}

async function work(event: CloudFormationEvent, owner: Owner, started: number, remaining: number): Promise<Outcome> {
  const lastMoment = started + remaining - ANSWER_RESERVE;
  if (event.ResourceType === RESOURCE_TYPES.SWEEP) {
    return sweep(event, owner.cluster, lastMoment); // it needs no cluster that answers
  }
  const deal = WORK[event.ResourceType];
  if (!deal) {
    if (event.RequestType === 'Delete') {
      return {};
    }
    throw new Error(`resource type "${event.ResourceType}" is not known: this function speaks ${Object.values(RESOURCE_TYPES).join(', ')}`);
  }
  const address = await clusterAddress(owner.cluster);
  if (!address) {
    if (event.RequestType === 'Delete') {
      return { note: `cluster "${owner.cluster}" is gone, and all that was in it` };
    }
    throw new Error(`there is no cluster "${owner.cluster}"`);
  }
  const asked = secondsOrDefault(event.ResourceProperties.Timeout, event.ResourceType.startsWith('Custom::EKSSlipway') ? 600 : 900) * 1000;
  const reserve = event.RequestType === 'Create' ? Math.min(UNDO_RESERVE, remaining / 4) : 0;
  const deadline = Math.min(started + asked, lastMoment - reserve);
  const client = new KubeClient({
    ...address,
    deadline,
    token: () => bearerToken(owner.cluster),
    fieldManager: owner.fieldManager,
    patience: Number(process.env.DELIVERY_PATIENCE_SECONDS ?? 150) * 1000,
  });
  try {
    return await deal({ event, client, owner, deadline, lastMoment });
  } catch (error) {
    if (event.RequestType === 'Delete' && error instanceof KubeError && error.isConnection && await isClusterGone(owner.cluster)) {
      return { note: `cluster "${owner.cluster}" is gone, and all that was in it` };
    }
    throw error;
  } finally {
    client.close();
  }
}

/** A delete must not fail on a property; the work itself complains about a bad one. */
function secondsOrDefault(value: unknown, fallback: number): number {
  try {
    return seconds(value, fallback);
  } catch {
    return fallback;
  }
}

async function chart(request: Request): Promise<Outcome> {
  const { event } = request;
  const properties = event.ResourceProperties as unknown as ChartProperties;
  const retain = properties.Removal === 'Retain';
  if (event.RequestType === 'Delete') {
    return withdraw(request, retain, () => inlineObjects(properties.Content));
  }
  seconds(properties.Timeout, 600);
  return deliver(request, {
    objects: await objectsOf(properties.Content),
    adopt: properties.Conflict === 'Adopt',
    retain,
    wait: isTrue(properties.Wait, true),
    validation: 'Strict',
    identities: properties.Identities,
  }, () => inlineObjects((event.OldResourceProperties as unknown as ChartProperties | undefined)?.Content));
}

async function objectsOf(content: Content): Promise<KubeObject[]> {
  return flatten(parseJson(await textOf(content), 'the manifest'));
}

/** What is known without reading a file: a delete never needs an asset. */
async function inlineObjects(content: Content = {}): Promise<KubeObject[]> {
  try {
    return content.Parts ? await objectsOf(content) : [];
  } catch {
    return [];
  }
}
