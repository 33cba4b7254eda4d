import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { chartObjects, newStack, text, withHelm } from './fixtures';
import { FargateLogging, FargateLoggingOptions } from '../../src/addons/fargate-logging';
import { FargateProfile } from '../../src/nodes/fargate-profile';
import { newCluster } from '../clusters';

const made = (options: FargateLoggingOptions = {}) => {
  const stack = newStack();
  const cluster = withHelm(newCluster(stack));
  const profile = new FargateProfile(stack, 'Profile', { cluster, selectors: [{ namespace: 'batch' }] });
  const logging = new FargateLogging(stack, 'Logging', { cluster, podExecutionRoles: [profile.podExecutionRole], ...options });
  return { template: Template.fromStack(stack), logging };
};

test('pods on Fargate log to a group that exists, and their role may write there only', () => {
  const { template } = made();
  const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'RetainExceptOnCreate' }))
    .filter(id => id.startsWith('LoggingLogs'));
  const { data } = chartObjects(template, 'LoggingConfiguration').find(({ kind }) => kind === 'ConfigMap');
  expect(data['output.conf']).toContain(`log_group_name \${${group}}`);
  expect(data['output.conf']).toContain('auto_create_group false');

  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => /^LoggingPolicy/.test(Properties.PolicyName));
  expect(policy.Properties.Roles).toEqual([{ Ref: expect.stringMatching(/^Profile/) }]);
  expect(text(policy.Properties.PolicyDocument).Statement).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], Resource: `\${${group}.Arn}` },
  ]);
});

test('it is there before what starts on Fargate afterwards', () => {
  const { template } = made();
  template.hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^LoggingPolicy')]) });
});

test('the group can be one that exists, and outputs can be added', () => {
  const stack = newStack();
  const { template } = made({
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Group', 'pods'),
    additionalOutputs: '[OUTPUT]\n  Name firehose\n  Match kube.*\n  region eu-west-1\n  delivery_stream logs\n',
  });
  template.resourceCountIs('AWS::Logs::LogGroup', 1); // the delivery function's
  const { data } = chartObjects(template, 'LoggingConfiguration').find(({ kind }) => kind === 'ConfigMap');
  expect(data['output.conf'].match(/\[OUTPUT\]/g)).toHaveLength(2);
  expect(data['output.conf']).toContain('log_group_name pods');
});

test('what cannot be is refused', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  expect(() => new FargateLogging(stack, 'None', { cluster, podExecutionRoles: [] })).toThrow('"podExecutionRoles" is empty');
  expect(() => new FargateLogging(stack, 'Both', {
    cluster,
    podExecutionRoles: [iam.Role.fromRoleName(stack, 'Role', 'Role')],
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Group', 'pods'),
    retention: logs.RetentionDays.ONE_DAY,
  })).toThrow('"retention" is given together with "logGroup"');
});
