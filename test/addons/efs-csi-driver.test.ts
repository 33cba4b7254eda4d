import { Match, Template } from 'aws-cdk-lib/assertions';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { chartObjects, inlinePolicies, newStack, permissions, referenceYaml } from './fixtures';
import { EfsCsiDriver } from '../../src/addons/efs-csi-driver';
import { importedCluster, newCluster } from '../clusters';
import { describeWithReference } from '../reference';

const fileSystems = (stack: ReturnType<typeof newStack>) => {
  const { vpc } = newCluster(stack, 'Other');
  return ['One', 'Two'].map(id => new efs.FileSystem(stack, id, { vpc }));
};

test('the controller gets a role, the nodes need none', () => {
  const stack = newStack();
  new EfsCsiDriver(stack, 'Efs', { cluster: newCluster(stack) });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'aws-efs-csi-driver',
    PodIdentityAssociations: [{ ServiceAccount: 'efs-csi-controller-sa', RoleArn: Match.anyValue() }],
    ServiceAccountRoleArn: Match.absent(),
  });
});

test('with IRSA, where EKS gives one role to controller and nodes, it trusts both', () => {
  const stack = newStack();
  new EfsCsiDriver(stack, 'Efs', { cluster: importedCluster(stack), identityType: eks.IdentityType.IRSA });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [Match.objectLike({
        Condition: {
          StringEquals: Match.objectLike({
            'oidc.example/id/1:sub': ['system:serviceaccount:kube-system:efs-csi-controller-sa', 'system:serviceaccount:kube-system:efs-csi-node-sa'],
          }),
        },
      })],
    },
  });
});

test('access points are made in the given file systems only', () => {
  const stack = newStack();
  const [one] = fileSystems(stack);
  new EfsCsiDriver(stack, 'Efs', { cluster: newCluster(stack), fileSystems: [one] });
  const { Statement } = inlinePolicies(Template.fromStack(stack), 'EfsRole').AccessPoints;
  expect(Statement.find((statement: any) => statement.Action === 'elasticfilesystem:CreateAccessPoint').Resource).toMatch(/^\$\{One.*\.Arn\}$/);
});

test('a storage class is there before charts with claims', () => {
  const stack = newStack();
  const [one, two] = fileSystems(stack);
  const driver = new EfsCsiDriver(stack, 'Efs', { cluster: newCluster(stack), fileSystems: [one, two] });
  driver.addStorageClass('Shared', one, { directoryPermissions: '770' });
  driver.addStorageClass('Media', two, { name: 'films' });

  const template = Template.fromStack(stack);
  expect(chartObjects(template, 'EfsShared')).toEqual([expect.objectContaining({
    kind: 'StorageClass',
    metadata: expect.objectContaining({ name: 'shared' }),
    parameters: { provisioningMode: 'efs-ap', fileSystemId: expect.stringMatching(/^\$\{One/), directoryPerms: '770' },
  })]);
  expect(chartObjects(template, 'EfsMedia')[0].metadata.name).toBe('films');
});

test('a storage class of a file system that the driver may not use is refused', () => {
  const stack = newStack();
  const [one, two] = fileSystems(stack);
  const driver = new EfsCsiDriver(stack, 'Efs', { cluster: newCluster(stack), fileSystems: [one] });
  expect(() => driver.addStorageClass('Shared', two)).toThrow('"fileSystem" of storage class "Shared" is Stack/Two, which is not among "fileSystems"');
});

describeWithReference('compared with AmazonEFSCSIDriverPolicy', dir => {
  test('it may do the same, but to file systems and access points of the account and region only', () => {
    const stack = newStack();
    new EfsCsiDriver(stack, 'Efs', { cluster: newCluster(stack) });
    const own = permissions(inlinePolicies(Template.fromStack(stack), 'EfsRole').AccessPoints);
    const upstream = permissions(referenceYaml(dir, 'iam/aws-managed/AmazonEFSCSIDriverPolicy.json').document);

    const arns = /arn:\$\{AWS::Partition\}:elasticfilesystem:\$\{AWS::Region\}:\$\{AWS::AccountId\}:(file-system|access-point)\/\*/;
    expect([...new Set(own.map(permission => permission.replace(arns, '*')))]).toEqual(upstream);
    expect(own.filter(permission => !arns.test(permission)).map(permission => permission.split(' ')[1])).toEqual([
      'ec2:DescribeAvailabilityZones', 'elasticfilesystem:DescribeAccessPoints', 'elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:DescribeMountTargets',
    ]);
  });
});
