import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isOwned } from './cluster-tags';
import { Step } from './hand-over';
import { Leftover, sweepStep } from './leftover';
import { loadSdk } from './sdk';

function elb() {
  return loadSdk('@aws-sdk/client-elastic-load-balancing-v2') as typeof import('@aws-sdk/client-elastic-load-balancing-v2');
}

/** How many ARNs one call for tags takes. */
const TAGGED_AT_ONCE = 20;

/** Application and Network Load Balancers, then their target groups. */
export function sweptLoadBalancers(client: ElasticLoadBalancingV2Client, cluster: string): Step<Leftover>[] {
  const { DeleteLoadBalancerCommand, DeleteTargetGroupCommand, DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } = elb();
  return [
    sweepStep('load balancers', async () => owned(client, cluster, await all(async Marker => {
      const page = await client.send(new DescribeLoadBalancersCommand({ Marker }));
      return { arns: page.LoadBalancers?.map(({ LoadBalancerArn }) => LoadBalancerArn!), next: page.NextMarker };
    })), async ({ id }) => {
      await client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id }));
    }),
    sweepStep('target groups', async () => owned(client, cluster, await all(async Marker => {
      const page = await client.send(new DescribeTargetGroupsCommand({ Marker }));
      return { arns: page.TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn!), next: page.NextMarker };
    })), async ({ id }) => {
      await client.send(new DeleteTargetGroupCommand({ TargetGroupArn: id }));
    }),
  ];
}

async function all(page: (marker?: string) => Promise<{ arns?: string[]; next?: string }>): Promise<string[]> {
  const arns: string[] = [];
  let marker: string | undefined;
  do {
    const { arns: some = [], next } = await page(marker);
    arns.push(...some);
    marker = next;
  } while (marker);
  return arns;
}

async function owned(client: ElasticLoadBalancingV2Client, cluster: string, arns: string[]): Promise<Leftover[]> {
  const { DescribeTagsCommand } = elb();
  const found: Leftover[] = [];
  for (let i = 0; i < arns.length; i += TAGGED_AT_ONCE) {
    const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns: arns.slice(i, i + TAGGED_AT_ONCE) }));
    found.push(...TagDescriptions.filter(({ Tags }) => isOwned(cluster, Tags)).map(({ ResourceArn }) => ({ id: ResourceArn! })));
  }
  return found;
}
