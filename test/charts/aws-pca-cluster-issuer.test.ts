import { only, render } from './render';
import { AwsPcaClusterIssuer, AwsPcaClusterIssuerProps } from '../../src/charts/aws-pca-cluster-issuer';

const ARN = 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/a';
const issuer = (props: Partial<AwsPcaClusterIssuerProps> = {}) => only(render(chart => new AwsPcaClusterIssuer(chart, 'Issuer', {
  name: 'internal', certificateAuthorityArn: ARN, ...props,
}), { namespace: 'shop' }), 'AWSPCAClusterIssuer');

test('an issuer of a private certificate authority lives in no namespace', () => {
  expect(issuer()).toEqual({
    apiVersion: 'awspca.cert-manager.io/v1beta1', kind: 'AWSPCAClusterIssuer', metadata: { name: 'internal' }, spec: { arn: ARN },
  });
  expect(issuer({ region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/x' }).spec).toEqual({ arn: ARN, region: 'eu-west-1', role: 'arn:aws:iam::111122223333:role/x' });
});

test('something else than a certificate authority is refused', () => {
  expect(() => issuer({ certificateAuthorityArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' })).toThrow('"certificateAuthorityArn" is "arn:aws:acm:');
});
