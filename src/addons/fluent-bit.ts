import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { onePerCluster, warnAbout } from './conflicts';
import { FluentBitOutput } from './fluent-bit-output';
import { HelmAddonOptions } from './helm-addon-options';
import { inlinePolicies } from './inline-policies';
import { NOT_ON_FARGATE } from './not-on-fargate';
import { FLUENT_BIT as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';
import { resourcesOf } from '../private/installed';

/**
 * Options of FluentBit.
 */
export interface FluentBitOptions extends HelmAddonOptions {
  /**
   * Where logs go, at most one output of each kind.
   *
   * @default - to a new log group of CloudWatch Logs that keeps them for a month
   */
  readonly outputs?: FluentBitOutput[];
}

/**
 * Properties of FluentBit.
 */
export interface FluentBitProps extends FluentBitOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Fluent Bit, as AWS builds it: sends the logs of all containers to CloudWatch Logs, S3 and OpenSearch, with the metadata of their pods. A Helm chart.
 *
 * ContainerInsights has a Fluent Bit of its own: with both, every line is sent twice, unless one leaves logs alone (`containerLogs: false`).
 * Pods can exclude themselves by the annotation `fluentbit.io/exclude: "true"`.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, a DaemonSet; `FargateLogging` is for pods there.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://github.com/aws/aws-for-fluent-bit
 *
 * @example
 * new addons.FluentBit(stack, 'Logs', {
 *   cluster,
 *   outputs: [addons.FluentBitOutput.cloudWatchLogs(), addons.FluentBitOutput.s3(bucket)],
 * });
 */
export class FluentBit extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of Fluent Bit. */
  public readonly serviceAccountRole: ServiceAccountRole;

  constructor(scope: Construct, id: string, props: FluentBitProps) {
    super(scope, id);
    const { cluster, outputs = [FluentBitOutput.cloudWatchLogs()] } = props;
    checkOutputs(outputs);

    this.serviceAccountRole = chartRole(this, PINNED, 'Fluent Bit', props);
    const bound = outputs.map(output => ({ section: output._section, ...output._bind(this) }));
    inlinePolicies(this.serviceAccountRole.role, { Outputs: bound.flatMap(({ statements }) => statements) });

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        serviceAccount: { create: true, name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
        priorityClassName: 'system-node-critical',
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ operator: 'Exists' }], // logs of every node, tainted ones too
        affinity: NOT_ON_FARGATE,
        cloudWatchLogs: { enabled: false }, // on by default
        ...Object.fromEntries(bound.map(({ section, values }) => [section, { enabled: true, ...values }])),
      },
    });
    bound.forEach(({ dependency }) => dependency && this.release.node.addDependency(dependency));

    onePerCluster(this, cluster, 'FluentBit');
    warnAbout(this, 'twoFluentBits', () => otherFluentBit(cluster));
  }
}

/** EKS add-ons with a Fluent Bit of their own. */
function otherFluentBit(cluster: eks.ICluster): string | undefined {
  const [other] = resourcesOf(cluster, 'AWS::EKS::Addon').filter(resource => {
    const { addonName, configurationValues } = resource as any;
    return addonName === 'fluent-bit'
      || (addonName === 'amazon-cloudwatch-observability' && !/containerLogs[^a-zA-Z]+enabled[^a-zA-Z]+false/.test(JSON.stringify(Stack.of(resource).resolve(configurationValues)) ?? ''));
  });
  return other && `${other.node.path.replace(/(\/Addon)?\/Resource$/, '')} has a Fluent Bit of its own, so every line is sent twice: leave one of them out, `
    + 'or turn its logs off ("containerLogs: false" of ContainerInsights)';
}

function checkOutputs(outputs: FluentBitOutput[]) {
  if (outputs.length === 0) {
    throw new Error('"outputs" is empty: give at least one, or leave it out');
  }
  const twice = outputs.find(({ _section }, index) => outputs.findIndex(other => other._section === _section) < index);
  if (twice) {
    throw new Error(`"outputs" has two of the kind "${twice._section}": the chart has one of each, give others as text, in "additionalOutputs" among the "values"`);
  }
}
