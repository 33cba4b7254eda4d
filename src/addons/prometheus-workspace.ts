import { Arn, ArnFormat } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { checkText } from '../private/check-text';

/**
 * A workspace that exists already.
 */
export interface PrometheusWorkspaceAttributes {
  /**
   * ARN of the workspace.
   */
  readonly workspaceArn: string;

  /**
   * Its endpoint, as the console and CloudFormation show it: it ends in `/workspaces/ID/`.
   */
  readonly prometheusEndpoint: string;
}

/**
 * A workspace of Amazon Managed Service for Prometheus, in this region or another one.
 */
export class PrometheusWorkspace {
  /** A workspace that was not made here. */
  public static fromWorkspaceAttributes(attributes: PrometheusWorkspaceAttributes): PrometheusWorkspace {
    const { workspaceArn, prometheusEndpoint } = attributes;
    checkText('workspaceArn', workspaceArn, /^arn:[^:]+:aps:[^:]+:\d{12}:workspace\/[^/]+$/, 'arn:PARTITION:aps:REGION:ACCOUNT:workspace/ID');
    // Paths are appended to it.
    checkText('prometheusEndpoint', prometheusEndpoint, /^https:\/\/.+\/$/, 'an address that begins with https:// and ends with "/"');
    return new PrometheusWorkspace(workspaceArn, prometheusEndpoint);
  }

  /** Where Prometheus and its like send metrics to. */
  public readonly remoteWriteUrl: string;

  /** Where Grafana and its like ask. */
  public readonly queryUrl: string;

  /** The workspace's region. */
  public readonly region: string;

  private constructor(
    /** ARN of the workspace. */
    public readonly workspaceArn: string,
    prometheusEndpoint: string,
  ) {
    this.remoteWriteUrl = `${prometheusEndpoint}api/v1/remote_write`;
    this.queryUrl = `${prometheusEndpoint}api/v1/query`;
    this.region = Arn.split(workspaceArn, ArnFormat.SLASH_RESOURCE_NAME).region!;
  }

  /** Lets somebody send metrics to the workspace. */
  public grantRemoteWrite(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['aps:RemoteWrite'], resourceArns: [this.workspaceArn] });
  }

  /** Lets somebody ask the workspace for metrics. */
  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'],
      resourceArns: [this.workspaceArn],
    });
  }
}
