import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { inSameStack } from '../private/cluster-facts';

/**
 * The floors of a platform, in the order in which they come up (and, backwards, go down).
 */
export enum BootstrapStage {
  /** The control plane answers. Nothing runs in the cluster yet. */
  CONTROL_PLANE = 0,

  /** What a node needs before it can become ready: vpc-cni, kube-proxy, the pod identity agent. */
  NETWORKING = 1,

  /** Nodes: managed and self-managed node groups, Fargate profiles. */
  CAPACITY = 2,

  /** What pods need from the cluster: CoreDNS, CSI drivers and other managed add-ons. */
  SYSTEM = 3,

  /** Controllers: Karpenter, the load balancer controller and their like. */
  CONTROLLERS = 4,
}

/**
 * The order in which a cluster's parts come up, kept in CloudFormation's dependency graph.
 *
 * A part says on which floor it stands (`add`) and after which floor it may start (`require`); nobody needs to know
 * the others. Independent things stay parallel. Only parts in the cluster's own stack are waited for: a stack that
 * holds the cluster cannot wait for one that uses it.
 */
export class Bootstrap extends Construct {
  /**
   * The order of a cluster; it is made at the first call, as a child of the cluster.
   */
  public static of(cluster: eks.ICluster): Bootstrap {
    const existing = cluster.node.tryFindChild('Bootstrap');
    return existing instanceof Bootstrap ? existing : new Bootstrap(cluster, 'Bootstrap');
  }

  private readonly parts: IConstruct[][] = [[], [], [], [], []];

  private constructor(private readonly cluster: eks.ICluster, id: string) {
    super(cluster, id);
    this.parts[BootstrapStage.CONTROL_PLANE] = [cluster.node.defaultChild ?? []].flat();
  }

  /**
   * Says that a part stands on a floor: whatever requires this floor starts after it. Give the resource that matters, not
   * a whole subtree: every resource in it becomes a DependsOn.
   */
  public add(stage: BootstrapStage, part: IConstruct): void {
    if (inSameStack(part, this.cluster)) {
      this.parts[stage].push(part);
    }
  }

  /**
   * Lets a construct wait for everything that stands on a floor, now or added later. Where nothing stands on it (no node
   * group on Auto Mode), for the next floor below.
   */
  public require(stage: BootstrapStage, construct: IConstruct): void {
    construct.node.addDependency(this.ready(stage));
  }

  /**
   * Everything that stands on a floor, as something to depend on.
   */
  public ready(stage: BootstrapStage): IDependable {
    const group = {};
    const parts = this.parts;
    Dependable.implement(group, {
      get dependencyRoots() {
        for (let floor = stage; floor > BootstrapStage.CONTROL_PLANE; floor--) {
          if (parts[floor].length > 0) {
            return [...parts[floor]];
          }
        }
        return [...parts[BootstrapStage.CONTROL_PLANE]];
      },
    });
    return group;
  }
}
