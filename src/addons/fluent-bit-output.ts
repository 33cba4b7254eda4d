import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkRegion } from '../private/aws-names';
import { checkText } from '../private/check-text';

/**
 * Options of a Fluent Bit output to CloudWatch Logs.
 */
export interface FluentBitCloudWatchLogsOptions {
  /**
   * The log group. It must exist when Fluent Bit starts.
   *
   * @default - a new one
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How long a new log group keeps logs.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * What happens to a new log group when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Options of a Fluent Bit output to S3.
 */
export interface FluentBitS3Options {
  /**
   * What the keys of all objects begin with.
   *
   * @default pod-logs
   */
  readonly prefix?: string;

  /**
   * The bucket's region.
   *
   * @default - the stack's
   */
  readonly region?: string;
}

/**
 * Options of a Fluent Bit output to OpenSearch.
 */
export interface FluentBitOpenSearchOptions {
  /**
   * What the names of the indexes begin with; there is a new one every day.
   *
   * @default pods
   */
  readonly indexPrefix?: string;

  /**
   * The domain's region.
   *
   * @default - the stack's
   */
  readonly region?: string;
}

/** Values of the chart for one output, and what the pods must be allowed for it. */
interface BoundOutput {
  readonly values: Record<string, any>;
  readonly statements: iam.PolicyStatement[];
  readonly dependency?: Construct;
}

/**
 * Where Fluent Bit sends logs.
 */
export class FluentBitOutput {
  /** To a log group of CloudWatch Logs, a stream a container. */
  public static cloudWatchLogs(options: FluentBitCloudWatchLogsOptions = {}): FluentBitOutput {
    if (options.logGroup && (options.retention !== undefined || options.removalPolicy !== undefined)) {
      throw new Error(`"${options.retention !== undefined ? 'retention' : 'removalPolicy'}" is given together with "logGroup", which exists already: leave one of them out`);
    }
    return new FluentBitOutput('cloudWatchLogs', scope => {
      const made = options.logGroup ? undefined : new logs.LogGroup(scope, 'Logs', {
        retention: options.retention ?? logs.RetentionDays.ONE_MONTH,
        removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      });
      const logGroup = options.logGroup ?? made!;
      return {
        // Without auto-creation it never needs more than to write.
        values: { region: Stack.of(scope).region, logGroupName: logGroup.logGroupName, logStreamPrefix: 'pods-', autoCreateGroup: false },
        statements: [new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })],
        dependency: made,
      };
    });
  }

  /** To a bucket, as objects of up to 100 MB that are written at least every 10 minutes. */
  public static s3(bucket: s3.IBucket, options: FluentBitS3Options = {}): FluentBitOutput {
    checkRegion('region', options.region);
    const prefix = (options.prefix ?? 'pod-logs').replace(/^\/+|\/+$/g, '');
    return new FluentBitOutput('s3', scope => ({
      values: { bucket: bucket.bucketName, region: options.region ?? Stack.of(scope).region, s3KeyFormat: `/${prefix}/$TAG/%Y-%m-%d/%H-%M-%S` },
      statements: [
        new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${prefix}/*`)] }),
        ...bucket.encryptionKey // a multipart upload reads its own parts
          ? [new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [bucket.encryptionKey.keyArn] })] : [],
      ],
    }));
  }

  /**
   * To a domain of OpenSearch Service, an index a day. With fine-grained access control, the role of Fluent Bit must be mapped to a role
   * of the domain, too.
   */
  public static openSearch(domain: opensearch.IDomain, options: FluentBitOpenSearchOptions = {}): FluentBitOutput {
    checkRegion('region', options.region);
    // https://docs.opensearch.org/latest/api-reference/index-apis/create-index/#index-naming-restrictions
    checkText('indexPrefix', options.indexPrefix, text => /^[^_\-\s,:"*+/\\|?#><A-Z][^\s,:"*+/\\|?#><A-Z]*$/.test(text),
      'the beginning of an index name: no capitals, spaces and special characters, not beginning with "_" or "-"');
    return new FluentBitOutput('opensearch', scope => ({
      values: {
        host: domain.domainEndpoint,
        awsRegion: options.region ?? Stack.of(scope).region,
        logstashFormat: 'On',
        logstashPrefix: options.indexPrefix ?? 'pods',
        // A label "app" and a label "app.kubernetes.io/name" are not both a field otherwise.
        replaceDots: 'On',
      },
      statements: [new iam.PolicyStatement({ actions: ['es:ESHttpPost'], resources: [`${domain.domainArn}/_bulk*`] })],
    }));
  }

  private constructor(
    /** The chart's section of values. @internal */
    public readonly _section: string,
    /** Makes what the output needs. @internal */
    public readonly _bind: (scope: Construct) => BoundOutput,
  ) {}
}
