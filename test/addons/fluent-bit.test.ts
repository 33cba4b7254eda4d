import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { inlinePolicies, newStack, releaseValues, withHelm } from './fixtures';
import { ContainerInsights } from '../../src/addons/container-insights';
import { FluentBit } from '../../src/addons/fluent-bit';
import { FluentBitOutput } from '../../src/addons/fluent-bit-output';
import { newCluster } from '../clusters';

const made = (outputs?: (stack: Stack) => FluentBitOutput[]) => {
  const stack = newStack();
  new FluentBit(stack, 'Logs', { cluster: withHelm(newCluster(stack)), outputs: outputs?.(stack) });
  const template = Template.fromStack(stack);
  return { template, values: releaseValues(template, 'aws-for-fluent-bit'), statements: inlinePolicies(template, 'LogsIdentityRole').Outputs.Statement };
};

test('logs go to a log group that keeps them for a month, and that is there before Fluent Bit', () => {
  const { template, values, statements } = made();
  const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'RetainExceptOnCreate' }));
  expect(values.cloudWatchLogs).toMatchObject({ enabled: true, logGroupName: `\${${group}}`, autoCreateGroup: false });
  expect(statements).toEqual([{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `\${${group}.Arn}` }]);
  template.hasResource('Custom::EKSSlipway-HelmRelease', { DependsOn: Match.arrayWith([group]) });
});

test('it runs on every Linux node, whatever its taints, and waits on none of Fargate', () => {
  expect(made().values).toMatchObject({
    priorityClassName: 'system-node-critical',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ operator: 'Exists' }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] }] }],
        },
      },
    },
  });
});

test('a bucket gets objects below a prefix, and Fluent Bit may write there only', () => {
  const { values, statements } = made(stack => [
    FluentBitOutput.s3(new s3.Bucket(stack, 'Bucket', { encryptionKey: new kms.Key(stack, 'Key') }), { prefix: '/teams/shop/' }),
  ]);
  expect(values).toMatchObject({
    cloudWatchLogs: { enabled: false },
    s3: { enabled: true, bucket: expect.stringMatching(/^\$\{Bucket/), s3KeyFormat: '/teams/shop/$TAG/%Y-%m-%d/%H-%M-%S' },
  });
  expect(statements).toEqual([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: expect.stringMatching(/^\$\{Bucket\w+\.Arn\}\/teams\/shop\/\*$/) },
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: expect.stringMatching(/^\$\{Key\w+\.Arn\}$/) },
  ]);
});

test('a domain gets an index a day, and Fluent Bit may add to indexes only', () => {
  const { values, statements } = made(stack => [
    FluentBitOutput.openSearch(opensearch.Domain.fromDomainAttributes(stack, 'Domain', {
      domainArn: stack.formatArn({ service: 'es', resource: 'domain', resourceName: 'logs' }),
      domainEndpoint: 'search-logs-abc.eu-west-1.es.amazonaws.com',
    })),
  ]);
  expect(values.opensearch).toEqual({
    enabled: true,
    host: 'search-logs-abc.eu-west-1.es.amazonaws.com',
    awsRegion: '${AWS::Region}',
    logstashFormat: 'On',
    logstashPrefix: 'pods',
    replaceDots: 'On',
  });
  expect(statements).toEqual([{ Effect: 'Allow', Action: 'es:ESHttpPost', Resource: expect.stringMatching(/:es:.*:domain\/logs\/_bulk\*$/) }]);
});

test('outputs of each kind stand side by side', () => {
  const { values, statements } = made(stack => [
    FluentBitOutput.cloudWatchLogs({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'Group', 'pods') }),
    FluentBitOutput.s3(s3.Bucket.fromBucketName(stack, 'Bucket', 'bucket')),
  ]);
  expect([values.cloudWatchLogs, values.s3]).toMatchObject([{ enabled: true, logGroupName: 'pods' }, { enabled: true, bucket: 'bucket' }]);
  expect(statements).toHaveLength(2);
});

test('what cannot be is refused', () => {
  expect(() => made(() => [])).toThrow('"outputs" is empty');
  expect(() => made(() => [FluentBitOutput.cloudWatchLogs(), FluentBitOutput.cloudWatchLogs()])).toThrow('"outputs" has two of the kind "cloudWatchLogs"');
  expect(() => made(stack => [FluentBitOutput.cloudWatchLogs({
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Group', 'pods'), retention: logs.RetentionDays.ONE_DAY,
  })])).toThrow('"retention" is given together with "logGroup"');
});

test.each([true, false])('beside Container Insights it warns of logs that are sent twice, if they are (container logs: %s)', containerLogs => {
  const stack = newStack();
  const cluster = withHelm(newCluster(stack));
  new FluentBit(stack, 'Logs', { cluster });
  new ContainerInsights(stack, 'Insights', { cluster, containerLogs });
  const warnings = Annotations.fromStack(stack).findWarning('/Stack/Logs', Match.stringLikeRegexp('Stack/Insights has a Fluent Bit of its own'));
  expect(warnings).toHaveLength(containerLogs ? 1 : 0);
});

test('a cluster has one', () => {
  const stack = newStack();
  const cluster = withHelm(newCluster(stack));
  ['One', 'Two'].forEach(id => new FluentBit(stack, id, { cluster }));
  expect(() => Template.fromStack(stack)).toThrow('"cluster" is Stack/Cluster, where Stack/One installs FluentBit already');
});
