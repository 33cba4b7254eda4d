import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { chartObjects, inlinePolicies, newStack, withHelm } from './fixtures';
import { EbsCsiDriver } from '../../src/addons/ebs-csi-driver';
import { HelmRelease } from '../../src/delivery/helm-release';
import { newCluster } from '../clusters';

test('the controller may touch the volumes that the driver has made, and no others', () => {
  const stack = newStack();
  new EbsCsiDriver(stack, 'Ebs', { cluster: newCluster(stack), defaultStorageClass: false });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'aws-ebs-csi-driver',
    PodIdentityAssociations: [{ ServiceAccount: 'ebs-csi-controller-sa', RoleArn: Match.anyValue() }],
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonEBSCSIDriverPolicyV2']] }],
  });
  template.resourceCountIs('Custom::EKSSlipway-Chart', 0);
});

test('claims without a class get encrypted gp3 volumes', () => {
  const stack = newStack();
  new EbsCsiDriver(stack, 'Ebs', { cluster: newCluster(stack) });
  expect(chartObjects(Template.fromStack(stack))).toEqual([expect.objectContaining({
    kind: 'StorageClass',
    metadata: expect.objectContaining({ name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', 'eks-slipway/on-immutable': 'replace' } }),
    provisioner: 'ebs.csi.aws.com',
    parameters: expect.objectContaining({ type: 'gp3', encrypted: 'true' }),
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  })]);
});

test('a key encrypts the volumes, and the driver may use it', () => {
  const stack = newStack();
  new EbsCsiDriver(stack, 'Ebs', { cluster: newCluster(stack), encryptionKey: new kms.Key(stack, 'Key') });

  const template = Template.fromStack(stack);
  const [storageClass] = chartObjects(template);
  expect(storageClass.parameters).toMatchObject({ kmsKeyId: expect.stringMatching(/^\$\{Key.*\.Arn\}$/) });
  expect(inlinePolicies(template, 'EbsRole').EncryptionKey.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: storageClass.parameters.kmsKeyId,
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], Resource: storageClass.parameters.kmsKeyId },
  ]);
});

test('charts, which may have claims, are installed after the storage class', () => {
  const stack = newStack();
  const cluster = withHelm(newCluster(stack));
  new HelmRelease(stack, 'Release', { cluster, chart: 'oci://charts.example/database', version: '1.0.0' });
  new EbsCsiDriver(stack, 'Ebs', { cluster });
  Template.fromStack(stack).hasResource('Custom::EKSSlipway-HelmRelease', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^EbsAddon'), Match.stringLikeRegexp('^EbsStorageClass')]),
  });
});

test('a key without the class that would use it is refused', () => {
  const stack = newStack();
  expect(() => new EbsCsiDriver(stack, 'Ebs', { cluster: newCluster(stack), defaultStorageClass: false, encryptionKey: new kms.Key(stack, 'Key') }))
    .toThrow('"encryptionKey" is given but "defaultStorageClass" is false');
});
