import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { newStack } from './fixtures';
import { Capability } from '../../src/addons/capability';
import { ArgoCdRole, CapabilityOptions, CapabilityType } from '../../src/addons/capability-options';
import { newCluster } from '../clusters';

const add = (options: CapabilityOptions) => {
  const stack = newStack();
  return { stack, capability: new Capability(stack, 'Capability', { cluster: newCluster(stack), ...options }) };
};
const properties = (options: CapabilityOptions) =>
  Object.values(Template.fromStack(add(options).stack).findResources('AWS::EKS::Capability'))[0].Properties;
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1';

test('ACK has a role for EKS\'s capabilities alone, and what is granted to it before it starts', () => {
  const { stack, capability } = add({ type: CapabilityType.ACK });
  new s3.Bucket(stack, 'Bucket').grantReadWrite(capability);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Action: ['sts:AssumeRole', 'sts:TagSession'], Effect: 'Allow', Principal: { Service: 'capabilities.eks.amazonaws.com' } }],
    },
  });
  template.hasResource('AWS::EKS::Capability', {
    Properties: { Type: 'ACK', CapabilityName: 'ack', DeletePropagationPolicy: 'RETAIN', Configuration: Match.absent() },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^CapabilityRoleDefaultPolicy')]),
  });
});

test('ACK can leave services alone, and may look into other namespaces where it is let', () => {
  expect(properties({ type: CapabilityType.ACK, ack: { disabledServices: ['ec2', 's3'], crossNamespaceReferences: true } }).Configuration)
    .toEqual({ Ack: { DisabledServices: ['ec2', 's3'], EnableCrossNamespace: true } });
});

test('Argo CD knows who may do what', () => {
  const argoCd = {
    idcInstanceArn: INSTANCE, idcRegion: 'eu-west-1', vpcEndpointIds: ['vpce-1'],
    roleMappings: [{ role: ArgoCdRole.ADMIN, groups: ['g1'] }, { role: ArgoCdRole.VIEWER, users: ['u1'], groups: ['g2'] }],
  };
  expect(properties({ type: CapabilityType.ARGO_CD, argoCd }).Configuration).toEqual({
    ArgoCd: {
      AwsIdc: { IdcInstanceArn: INSTANCE, IdcRegion: 'eu-west-1' },
      NetworkAccess: { VpceIds: ['vpce-1'] },
      RbacRoleMappings: [
        { Role: 'ADMIN', Identities: [{ Id: 'g1', Type: 'SSO_GROUP' }] },
        { Role: 'VIEWER', Identities: [{ Id: 'u1', Type: 'SSO_USER' }, { Id: 'g2', Type: 'SSO_GROUP' }] },
      ],
    },
  });
});

test('a role of yours is taken as it is', () => {
  const stack = newStack();
  const role = iam.Role.fromRoleArn(stack, 'Own', stack.formatArn({ service: 'iam', region: '', account: '123456789012', resource: 'role', resourceName: 'own' }));
  new Capability(stack, 'Capability', { cluster: newCluster(stack), type: CapabilityType.KRO, role });
  const roles = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter(id => id.startsWith('Capability'));
  expect(roles).toEqual([]);
});

test.each([
  [{ type: CapabilityType.ARGO_CD }, '"argoCd" is missing but "type" is ARGOCD'],
  [{ type: CapabilityType.KRO, argoCd: { idcInstanceArn: INSTANCE } }, '"argoCd" is given but "type" is KRO'],
  [{ type: CapabilityType.ARGO_CD, argoCd: { idcInstanceArn: INSTANCE, roleMappings: [{ role: ArgoCdRole.EDITOR }] } }, 'gives EDITOR to nobody'],
  [{ type: CapabilityType.KRO, ack: {} }, '"ack" is given but "type" is KRO: leave it out'],
  [{ type: CapabilityType.ACK, ack: { disabledServices: ['Amazon S3'] } }, '"ack.disabledServices" has "Amazon S3": give names as ACK has them'],
  [{ type: CapabilityType.ACK, capabilityName: 'my ack' }, '"capabilityName" is "my ack"'],
] as [CapabilityOptions, string][])('what cannot be is refused: %#', (options, message) => {
  expect(() => add(options)).toThrow(message);
});
