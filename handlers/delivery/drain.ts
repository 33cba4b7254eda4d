import { loadBalancers } from './drain-load-balancers';
import { karpenterNodes } from './drain-nodes';
import { keepVolumes, unusedVolumes } from './drain-volumes';
import { DrainProperties } from './events';
import { TimeSpan } from './hand-over';
import { pauseDeliverers } from './pause';
import { log, Outcome, Request, seconds } from './request';
import { stackRemoval } from './stack-removal';

/**
 * Empties a cluster that goes with its stack of what CloudFormation knows nothing about and would leave behind: load balancers, nodes, volumes.
 * In every other case it touches nothing.
 */
export async function drain(request: Request): Promise<Outcome> {
  const { event, client, owner, lastMoment } = request;
  const properties = event.ResourceProperties as unknown as DrainProperties;
  const { stays, isGone } = await stackRemoval(event, owner.cluster, properties.DeletionPolicy);
  if (stays !== undefined || isGone) {
    return { note: stays || undefined };
  }
  client.deadline = lastMoment;

  const deletesVolumes = properties.Volumes === 'Delete';
  await pauseDeliverers(client);
  const kept = await keepVolumes(client, annotation => deletesVolumes ? annotation === 'retain' : annotation !== 'delete');
  const time = new TimeSpan(event, seconds(properties.Timeout, 3000), lastMoment);
  const steps = [
    loadBalancers(client),
    ...deletesVolumes ? [unusedVolumes(client)] : [],
    karpenterNodes(client, properties.IgnoreBudgetsAfter === undefined ? undefined : Number(properties.IgnoreBudgetsAfter)),
  ];
  for (const step of steps) {
    if (!await time.finish(step)) {
      return time.handOver();
    }
  }
  kept.forEach(volume => log(`kept volume ${volume}`));
  return { note: kept.length > 0 ? `kept volumes, as the teardown's policy says: ${kept.join(', ')}` : undefined };
}
