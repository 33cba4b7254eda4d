import { CloudFormationEvent, SweepProperties } from './events';
import { Step, TimeSpan } from './hand-over';
import { Leftover } from './leftover';
import { log, Outcome, seconds } from './request';
import { loadSdk, SDK_OPTIONS } from './sdk';
import { stackRemoval } from './stack-removal';
import { findVolumes, instances, launchTemplates, networkInterfaces, securityGroups, volumes } from './sweep-ec2';
import { instanceProfiles } from './sweep-instance-profiles';
import { sweptLoadBalancers } from './sweep-load-balancers';

/**
 * Removes what controllers of a cluster left in AWS, by the tags that they set: when its nodes are gone and before the cluster and its network
 * go, and only if they go with the whole stack. In every other case it touches nothing.
 */
export async function sweep(event: CloudFormationEvent, cluster: string, lastMoment: number): Promise<Outcome> {
  const properties = event.ResourceProperties as unknown as SweepProperties;
  const { stays, clusterSecurityGroupId } = await stackRemoval(event, cluster, properties.DeletionPolicy);
  if (stays !== undefined) {
    return { note: stays || undefined };
  }
  const { EC2Client } = loadSdk('@aws-sdk/client-ec2') as typeof import('@aws-sdk/client-ec2');
  const { ElasticLoadBalancingV2Client } = loadSdk('@aws-sdk/client-elastic-load-balancing-v2') as typeof import('@aws-sdk/client-elastic-load-balancing-v2');
  const { IAMClient } = loadSdk('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
  const ec2 = new EC2Client(SDK_OPTIONS);
  const elb = new ElasticLoadBalancingV2Client(SDK_OPTIONS);
  const iam = new IAMClient(SDK_OPTIONS);
  try {
    const time = new TimeSpan(event, seconds(properties.Timeout, 3000), lastMoment);
    const steps: Step<Leftover>[] = [
      instances(ec2, cluster),
      ...sweptLoadBalancers(elb, cluster),
      networkInterfaces(ec2, cluster),
      securityGroups(ec2, cluster, clusterSecurityGroupId),
      launchTemplates(ec2, cluster),
      ...properties.Volumes === 'Delete' ? [volumes(ec2, cluster)] : [],
      unlessOutOfReach(instanceProfiles(iam, cluster, process.env.AWS_REGION!)),
    ];
    for (const step of steps) {
      if (!await time.finish(step)) {
        return await time.handOver();
      }
    }
    const kept = (await findVolumes(ec2, cluster)).map(({ id, isFree }) => isFree ? id : `${id} (in use)`);
    kept.forEach(volume => log(`kept volume ${volume}`));
    return { note: kept.length > 0 ? `kept volumes: ${kept.join(', ')}` : undefined };
  } finally {
    ec2.destroy();
    elb.destroy();
    iam.destroy();
  }
}

/** IAM has no endpoint in a network without a way out. Where the function cannot reach it, Karpenter could not either. */
function unlessOutOfReach(step: Step<Leftover>): Step<Leftover> {
  return {
    ...step,
    round: async () => {
      try {
        return await step.round();
      } catch (e) {
        const { name, message, code } = e as Error & { code?: string };
        if (name !== 'TimeoutError' && !/\b(ENOTFOUND|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)\b/.test(`${code} ${message}`)) {
          throw e;
        }
        log(`${step.what} were not looked for, as IAM cannot be reached: ${name}`);
        return [];
      }
    },
  };
}
