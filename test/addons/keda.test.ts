import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { newStack, releaseValues, withHelm } from './fixtures';
import { Keda } from '../../src/addons/keda';
import { importedCluster, newCluster } from '../clusters';

test('scalers have what is granted to it, before it runs, and nothing else', () => {
  const stack = newStack();
  const keda = new Keda(stack, 'Keda', { cluster: withHelm(newCluster(stack)) });
  const before = Template.fromStack(stack).findResources('AWS::IAM::Role', Match.objectLike({ Properties: { Description: Match.stringLikeRegexp('^KEDA') } }));
  expect(Object.values(before).map(({ Properties }) => [Properties.Policies, Properties.ManagedPolicyArns])).toEqual([[undefined, undefined]]);

  const another = newStack();
  const granted = new Keda(another, 'Keda', { cluster: withHelm(newCluster(another)) });
  new sqs.Queue(another, 'Orders').grant(granted, 'sqs:GetQueueAttributes');
  const template = Template.fromStack(another);
  const [[policy, { Properties }]] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Keda'));
  expect(Properties.PolicyDocument.Statement).toMatchObject([{ Action: 'sqs:GetQueueAttributes', Effect: 'Allow' }]);
  template.hasResource('Custom::EKSSlipway-HelmRelease', { DependsOn: Match.arrayWith([policy]) });
  expect(keda.grantPrincipal).toBe(keda.serviceAccountRole.grantPrincipal);
});

test('with IRSA the operator\'s service account carries the role', () => {
  const stack = newStack();
  new Keda(stack, 'Keda', { cluster: withHelm(importedCluster(stack)), identityType: eks.IdentityType.IRSA });
  const { serviceAccount } = releaseValues(Template.fromStack(stack), 'keda');
  expect(serviceAccount.operator).toEqual({ name: 'keda-operator', annotations: { 'eks.amazonaws.com/role-arn': expect.stringMatching(/KedaIdentityRole/) } });
});
