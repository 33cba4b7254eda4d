import { Annotations, AspectPriority, Aspects, CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { Bootstrap, BootstrapStage } from './bootstrap';
import { Delivery } from './delivery';
import { leftBehind, LEFT_BEHIND } from './left-behind';
import { TeardownOptions, TeardownVolumes } from './teardown-options';
import { teardownStatements } from './teardown-statements';
import { checkSeconds } from '../private/check-number';
import { clusterResource, inSameStack, requireClusterName } from '../private/cluster-facts';

/**
 * Properties of a Teardown.
 */
export interface TeardownProps extends TeardownOptions {
  /**
   * The cluster. It must be made in the same stack. Nodes that are not of this library wait for the sweep by
   * `Bootstrap.of(cluster).require(BootstrapStage.NETWORKING, nodes)`.
   */
  readonly cluster: eks.Cluster;
}

/**
 * The orderly end of a platform: two custom resources that do nothing until the stack is deleted, or its first creation rolled back.
 *
 * The *drain* is deleted before all else. It pauses Argo CD and Flux, deletes Ingresses, Gateways and Services of type LoadBalancer and waits
 * for their load balancers, settles what becomes of volumes, and deletes Karpenter's node pools until their nodes are gone. The *sweep* is
 * deleted after the nodes and before cluster and network. It removes, by the tags that controllers of this cluster set, what they left in AWS:
 * instances, load balancers and target groups, network interfaces, security groups, launch templates, instance profiles.
 *
 * Both act only if the stack itself goes, with the cluster in it, and nothing protects that. Removed, renamed or replaced in an update they
 * touch nothing.
 *
 * The delivery function needs a way to CloudFormation, EKS, EC2, Elastic Load Balancing and Lambda, and to IAM where Karpenter has one.
 */
export class Teardown extends Construct {
  constructor(scope: Construct, id: string, props: TeardownProps) {
    super(scope, id);
    const { cluster } = props;
    const resource = clusterResource(cluster);
    if (!resource || !inSameStack(this, cluster)) {
      throw new Error(`"cluster" is ${cluster.node.path}, which is not made in stack ${Stack.of(this).stackName}: a teardown goes with the stack of its `
        + 'cluster; leave it out');
    }
    const volumes = props.volumes ?? TeardownVolumes.RETAIN;
    const timeout = checkSeconds('timeout', props.timeout ?? Duration.minutes(50), 60, 55 * 60);
    const ignoreAfter = props.disruptionBudgets?._ignoreAfter;

    const delivery = Delivery.of(cluster);
    // Of its own, because it names the function, which depends on the role and all that is in it.
    const policy = new iam.Policy(this, 'Policy', {
      roles: [delivery.role!],
      statements: teardownStatements(this, requireClusterName(this, cluster), delivery.serviceToken),
    });
    const common = {
      ClusterName: cluster.clusterName,
      DeletionPolicy: Lazy.string({
        produce: () => resource.cfnOptions.deletionPolicy?.startsWith('Retain') ? resource.cfnOptions.deletionPolicy : undefined,
      }),
      Volumes: volumes === TeardownVolumes.RETAIN ? undefined : volumes,
      Timeout: props.timeout && `${timeout.toSeconds()}`,
    };

    const bootstrap = Bootstrap.of(cluster);
    const sweep = new CustomResource(this, 'Sweep', {
      serviceToken: delivery.serviceToken,
      resourceType: 'Custom::EKSSlipway-Sweep',
      properties: common,
    });
    sweep.node.addDependency(policy); // and through the cluster on the network with its way out
    bootstrap.add(BootstrapStage.NETWORKING, sweep);

    const drain = new CustomResource(this, 'Drain', {
      serviceToken: delivery.serviceToken,
      resourceType: 'Custom::EKSSlipway-Drain',
      properties: { ...common, IgnoreBudgetsAfter: ignoreAfter && `${ignoreAfter.toSeconds()}` },
    });
    drain.node.addDependency(policy, sweep);
    for (const stage of [BootstrapStage.CAPACITY, BootstrapStage.SYSTEM, BootstrapStage.CONTROLLERS]) {
      bootstrap.require(stage, drain);
    }

    // When all other aspects have had their say on removal policies.
    Aspects.of(this).add({ visit: node => this.tellWhatStays(node, volumes) }, { priority: AspectPriority.READONLY });
  }

  private tellWhatStays(node: IConstruct, volumes: TeardownVolumes) {
    if (node === this) {
      const left = leftBehind(Stack.of(this), volumes);
      this.node.addMetadata(LEFT_BEHIND, left);
      Annotations.of(this).addInfo(`A destroy of this stack leaves behind: ${left.map(({ what, why }) => `${what} (${why})`).join('; ')}`);
    }
  }
}
