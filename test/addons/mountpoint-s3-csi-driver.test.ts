import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { inlinePolicies, newStack, permissions } from './fixtures';
import { MountpointS3CsiDriver } from '../../src/addons/mountpoint-s3-csi-driver';
import { newCluster } from '../clusters';

test('the driver gets a role which may do nothing until it is told', () => {
  const stack = newStack();
  new MountpointS3CsiDriver(stack, 'S3', { cluster: newCluster(stack) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'aws-mountpoint-s3-csi-driver',
    PodIdentityAssociations: [{ ServiceAccount: 's3-csi-driver-sa', RoleArn: Match.anyValue() }],
  });
  expect(inlinePolicies(template, 'S3Role')).toEqual({});
});

test('buckets are read and written, or read only, with the keys that encrypt them', () => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  const encrypted = (id: string) => new s3.Bucket(stack, id, { encryption: s3.BucketEncryption.KMS, encryptionKey: key });
  new MountpointS3CsiDriver(stack, 'S3', {
    cluster: newCluster(stack),
    buckets: [encrypted('Scratch'), new s3.Bucket(stack, 'Plain')],
    readOnlyBuckets: [encrypted('Models')],
  });
  const short = (permission: string) => permission.replace(/\$\{(Key|Scratch|Plain|Models)[0-9A-F]{8}\.Arn\}/, '$1').replace(/^Allow (.*) if \{\}$/, '$1');
  expect(permissions(inlinePolicies(Template.fromStack(stack), 'S3Role').Buckets).map(short)).toEqual([
    'kms:Decrypt on Key',
    'kms:GenerateDataKey on Key',
    's3:AbortMultipartUpload on Plain/*',
    's3:AbortMultipartUpload on Scratch/*',
    's3:DeleteObject on Plain/*',
    's3:DeleteObject on Scratch/*',
    's3:GetObject on Models/*',
    's3:GetObject on Plain/*',
    's3:GetObject on Scratch/*',
    's3:ListBucket on Models',
    's3:ListBucket on Plain',
    's3:ListBucket on Scratch',
    's3:PutObject on Plain/*',
    's3:PutObject on Scratch/*',
  ]);
});
