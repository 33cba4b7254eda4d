import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import { chartObjects, inlinePolicies, newStack, permissions, referenceYaml, withHelm } from './fixtures';
import { AwsPrivateCaIssuer } from '../../src/addons/aws-private-ca-issuer';
import { CertManager } from '../../src/addons/cert-manager';
import { newCluster } from '../clusters';
import { describeWithReference } from '../reference';

function issuer() {
  const stack = newStack();
  const [one, two] = ['a', 'b'].map(id => acmpca.CertificateAuthority.fromCertificateAuthorityArn(stack, id,
    stack.formatArn({ service: 'acm-pca', region: 'eu-west-1', account: '123456789012', resource: 'certificate-authority', resourceName: id })));
  const cluster = withHelm(newCluster(stack));
  const certManager = new CertManager(stack, 'Certs', { cluster });
  const add = new AwsPrivateCaIssuer(stack, 'Pca', { cluster, certManager, certificateAuthorities: [one] });
  return { add, one, two, stack, cluster, template: () => Template.fromStack(stack) };
}

test('the add-on comes after cert-manager, without which its controller fails', () => {
  issuer().template().hasResource('AWS::EKS::Addon', {
    Properties: {
      AddonName: 'aws-privateca-connector-for-kubernetes',
      PodIdentityAssociations: [{ ServiceAccount: 'aws-privateca-issuer', RoleArn: Match.anyValue() }],
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^CertsRelease')]),
  });
});

test('issuers come after the add-on', () => {
  const { add, one, template } = issuer();
  add.addClusterIssuer('Internal', one, 'eu-west-1');
  expect(chartObjects(template())).toEqual([{
    apiVersion: 'awspca.cert-manager.io/v1beta1',
    kind: 'AWSPCAClusterIssuer',
    metadata: { name: 'internal' },
    spec: { arn: 'arn:${AWS::Partition}:acm-pca:eu-west-1:123456789012:certificate-authority/a', region: 'eu-west-1' },
  }]);
  template().hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^PcaAddon')]) });
});

test('a certificate authority that the add-on may not use is refused', () => {
  const { add, two, stack, cluster } = issuer();
  expect(() => add.addClusterIssuer('Internal', two)).toThrow('"certificateAuthority" of issuer "Internal" is Stack/b, which is not among "certificateAuthorities"');
  expect(() => new AwsPrivateCaIssuer(stack, 'None', { cluster, certificateAuthorities: [] })).toThrow('"certificateAuthorities" is empty');
});

describeWithReference('compared with the project', dir => {
  test('it may do what the project asks for, with its certificate authorities only', () => {
    const own = permissions(inlinePolicies(issuer().template(), 'PcaRole').Issuing).map(permission => permission.replace(/arn:\S+/, 'ARN'));
    const upstream = permissions(referenceYaml(dir, 'iam/aws-privateca-issuer-v1.9.0/issuer.json')).map(permission => permission.replace(/arn:\S+/, 'ARN'));
    expect(own).toEqual(upstream);
  });
});
