import { CustomResource, Duration, RemovalPolicy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { Bootstrap, BootstrapStage } from './bootstrap';
import { Content } from './content';
import { Delivery } from './delivery';
import { identities } from './identities';
import { describe, flatten, keyOf, objectErrors } from './object-errors';
import { removal } from './removal';
import { checkTimeout } from './timeout';
import { ServiceAccountRole } from '../identity/service-account-role';
import { clusterVersionAtSynth } from '../private/cluster-facts';

/**
 * What to do with an object that exists in the cluster already and was not delivered by this chart.
 */
export enum ConflictPolicy {
  /** Fail, and say whose object it is. */
  REFUSE = 'Refuse',

  /** Take it over, unless another chart or stack has delivered it. */
  ADOPT = 'Adopt',
}

/**
 * How a chart is attached to a cluster.
 */
export interface AttachedChartOptions {
  /**
   * What to do with an object that exists already and was not delivered by this chart.
   *
   * @default ConflictPolicy.REFUSE
   */
  readonly conflict?: ConflictPolicy;

  /**
   * What happens to objects that leave the chart, and to all of them when it is removed: `DESTROY` deletes them and waits until they
   * are gone; `RETAIN` leaves them in the cluster. Volume claims and namespaces that hold some stay in either case; the annotation
   * `eks-slipway/on-delete: delete` (or `retain`) on an object decides for it alone.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether the deployment waits until workloads of the chart are ready, and whatever has the annotation `eks-slipway/wait-for`, which names a
   * condition such as `Ready`.
   *
   * @default true
   */
  readonly wait?: boolean;

  /**
   * How long one delivery may take, waiting included. At most 14 minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;

  /**
   * Roles of the service accounts that pods of this chart run with. It waits for them, and pods that started without the credentials of their
   * Pod Identity association, which reaches the cluster a little late, are replaced once.
   *
   * @default - none
   */
  readonly serviceAccountRoles?: ServiceAccountRole[];

  /**
   * Any text. A change of it delivers the chart again although nothing in it changed, which puts back what somebody changed in the cluster.
   *
   * @default - delivered when the chart changes
   */
  readonly revision?: string;

  /**
   * The floor that must stand before the chart is delivered.
   *
   * @default BootstrapStage.CONTROLLERS
   */
  readonly after?: BootstrapStage;
}

/**
 * Properties of an AttachedChart.
 */
export interface AttachedChartProps extends AttachedChartOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;

  /**
   * The chart: any cdk8s Chart, with objects of cdk8s, cdk8s-plus or imported CRDs. It is rendered at synth, so what is added to it later
   * is delivered too. Tokens of the CDK app (bucket names, role ARNs) may stand anywhere in it but in names of constructs.
   */
  readonly chart: cdk8s.Chart;
}

/**
 * A cdk8s chart, attached to a CloudFormation stack and delivered into a cluster.
 *
 * The objects are applied server-side in the order that Kubernetes needs, are owned by this construct, and go away with it. A failed
 * creation leaves nothing behind.
 */
export class AttachedChart extends Construct {
  /** The chart. */
  public readonly chart: cdk8s.Chart;
  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: AttachedChartProps) {
    super(scope, id);
    this.chart = props.chart;
    this.cluster = props.cluster;
    acceptResolvables(props.chart);

    const delivery = Delivery.of(props.cluster);
    const content = new Content(this, 'Content', { delivery, produce: () => flatten(props.chart.toJson()) });
    new CustomResource(this, 'Resource', {
      serviceToken: delivery.serviceToken,
      resourceType: 'Custom::EKSSlipway-Chart',
      properties: {
        ClusterName: props.cluster.clusterName,
        Content: content.rendered,
        Conflict: props.conflict,
        Removal: removal(props.removalPolicy),
        Wait: props.wait === false ? 'false' : undefined,
        Timeout: checkTimeout(props.timeout),
        Identities: identities(this, props.serviceAccountRoles),
        Revision: props.revision,
      },
    });
    Bootstrap.of(props.cluster).require(props.after ?? BootstrapStage.CONTROLLERS, this);
    this.node.addValidation({
      validate: () => [...objectErrors(flatten(props.chart.toJson()), clusterVersionAtSynth(props.cluster)), ...this.sharedErrors()],
    });
  }

  /** Objects that another chart of the stack has too: the two would take them from each other. The first chart of the stack looks for all. */
  private sharedErrors(): string[] {
    const charts = Stack.of(this).node.findAll().filter((other): other is AttachedChart =>
      other instanceof AttachedChart && other.cluster === this.cluster && Stack.of(other) === Stack.of(this));
    if (charts[0] !== this) {
      return [];
    }
    const owners = new Map<string, AttachedChart>();
    return charts.flatMap(chart => flatten(chart.chart.toJson()).flatMap(object => {
      const key = keyOf(object);
      if (key === undefined) {
        return [];
      }
      const owner = owners.get(key) ?? chart;
      owners.set(key, owner);
      return owner === chart ? [] : [`the charts of ${owner.node.path} and ${chart.node.path} both have ${describe(object)}: leave it to one of the two`];
    }));
  }
}

/** cdk8s calls `resolve()` on whatever has one, without the context that CDK's tokens need: hand it their text instead. */
class TokenResolver implements cdk8s.IResolver {
  public resolve(context: cdk8s.ResolutionContext): void {
    if (Tokenization.isResolvable(context.value)) {
      context.replaceValue(Token.asString(context.value));
    }
  }
}

function acceptResolvables(chart: cdk8s.Chart) {
  const resolvers: cdk8s.IResolver[] | undefined = (chart.node.root as any).resolvers;
  if (resolvers && !resolvers.some(resolver => resolver instanceof TokenResolver)) {
    resolvers.unshift(new TokenResolver());
  }
}
