import { App, Fn, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { chart, layer, platform } from './wrong-input';
import { KubePrometheusStack } from '../../src/addons/kube-prometheus-stack';
import { PrometheusWorkspace } from '../../src/addons/prometheus-workspace';
import { AlbIngress } from '../../src/charts/alb-ingress';
import { AwsSecretService } from '../../src/charts/aws-secret-store-options';
import { ClusterSecretStore } from '../../src/charts/cluster-secret-store';
import { Ec2NodeClass } from '../../src/charts/ec2-node-class';
import { IssuerConfig } from '../../src/charts/issuer-config';
import { LoadBalancerConfiguration } from '../../src/charts/load-balancer-configuration';
import { NlbService, NlbServiceProps } from '../../src/charts/nlb-service';
import { Probe } from '../../src/charts/probe';
import { S3Volume } from '../../src/charts/s3-volume';
import { WebService, WebServiceProps } from '../../src/charts/web-service';
import { SelfManagedNodeGroup } from '../../src/nodes/self-managed-node-group';
import { checkRegion, checkRoleArn } from '../../src/private/aws-names';

/*
 * What is allowed though it looks like what is refused: a check that refuses it is as bad as one that is missing.
 */

const text = Token.asString({ Ref: 'Text' });
const list = Token.asList({ Ref: 'List' });
const number = Token.asNumber({ Ref: 'Number' });
const types = [new ec2.InstanceType('m7i.large')];

const web = (props: Partial<WebServiceProps>) => {
  const into = chart();
  new WebService(into, 'Web', { image: 'web:1.0.0', ...props });
  return into.toJson();
};
const nlb = (props: Partial<NlbServiceProps>) => {
  const into = chart();
  new NlbService(into, 'Service', { selector: { app: 'web' }, ports: [{ port: 443 }], ...props });
  return into.toJson()[0];
};

test.each(['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'us-isob-east-1', 'eusc-de-east-1', 'ap-southeast-7', 'mx-central-1', text, undefined])('%s is a region', region => {
  expect(checkRegion('region', region)).toBe(region);
});

test.each(['arn:aws-cn:iam::111122223333:role/a', 'arn:aws-us-gov:iam::111122223333:role/path/to/a', 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x', text, `arn:${text}:iam::1:x`])('%s is the ARN of a role', arn => {
  expect(checkRoleArn('roleArn', arn)).toBe(arn);
});

test.each([
  'nginx', 'nginx:1.27', 'library/nginx', 'ghcr.io/my-org/app__x/y.z:1.0', 'localhost:5000/app', 'registry.example.com:5000/a/b-c--d:v1.0-RC_1', 'Registry.Example.com/app:A',
  '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:2025.1', '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/web', 'public.ecr.aws/docker/library/redis:8',
  `app@sha256:${'a'.repeat(64)}`, `app:1.0@sha256:${'a'.repeat(64)}`, '[2001:db8::1]:5000/app', `${text}/app:1.0`,
])('%s is an image', image => {
  expect(web({ image })[0].spec.template.spec.containers[0].image).toBe(image);
});

test('pods may have odd variables, tolerate everything, and run as any user', () => {
  web({ env: { 'spring.profiles-active': 'x', '1st': 'y', 'a b': '' }, runAsUser: 2 ** 31 - 1, version: '', partOf: 'Shop.v1_x', tolerations: [{ key: '' }, { key: 'gpu', value: '' }] });
  web({ env: { [text]: text }, envFromSecrets: [text], priorityClassName: 'system-cluster-critical', writablePaths: [text, '/tmp'] });
});

test('a probe of readiness may want several successes', () => {
  web({ readinessProbe: Probe.httpGet('/', { successThreshold: 3 }), livenessProbe: Probe.tcpSocket({ successThreshold: 1 }), startupProbe: Probe.tcpSocket({ successThreshold: number }) });
});

test('the name of a port of a Service has up to 63 characters', () => {
  expect(nlb({ ports: [{ port: 443, name: 'p'.repeat(63) }] }).spec.ports[0].name).toHaveLength(63);
});

test('lists that are known only at the deployment are joined there', () => {
  const stack = new Stack(new App(), 'App');
  const into = chart();
  new AlbIngress(into, 'Ingress', { rules: [{ serviceName: 'web' }], inboundCidrs: list, certificateArns: Fn.split(',', text), subnets: Lazy.list({ produce: () => ['subnet-1', 'subnet-2'] }) });
  new NlbService(into, 'Service', { selector: { app: 'web' }, ports: [{ port: 443 }], certificateArns: list, inboundPrefixLists: list, privateIpv4Addresses: list, inboundCidrs: list });
  new LoadBalancerConfiguration(into, 'Configuration', { sourceRanges: list });
  new ClusterSecretStore(into, 'Store', { service: AwsSecretService.SECRETS_MANAGER, region: text, namespaces: list });
  new Ec2NodeClass(into, 'Class', {
    subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }], role: 'nodes', amiSelectorTerms: [{ alias: 'al2023@latest' }], kubelet: { clusterDns: list },
  });
  platform(stack).addChart('Chart', into);
  const content = JSON.stringify(Template.fromStack(stack).findResources('Custom::EKSSlipway-Chart'));
  expect(content).toContain('"Fn::Join":[",",{"Ref":"List"}]');
  expect(content).not.toContain('#{Token');
});

test('sizes that are known only at the deployment go where they are needed, and nothing is reckoned with them', () => {
  const stack = new Stack(new App(), 'App');
  const cluster = platform(stack, { kubectlLayer: layer(stack), serviceIpv4Cidr: '172.20.0.0/16' });
  new KubePrometheusStack(stack, 'Prometheus', { cluster, storage: Size.gibibytes(number) });
  cluster.addManagedNodeGroup('Managed', { instanceTypes: types, minSize: number });
  new SelfManagedNodeGroup(stack, 'Own', { cluster, instanceTypes: types, minSize: number, maxSize: Lazy.number({ produce: () => 3 }) });
  const template = Template.fromStack(stack);
  expect(JSON.stringify(template.toJSON())).not.toMatch(/retentionSize|e\+2\d\d/);
  template.hasResourceProperties('AWS::EKS::Nodegroup', { ScalingConfig: { MinSize: { Ref: 'Number' }, DesiredSize: { Ref: 'Number' }, MaxSize: { Ref: 'Number' } } });
  template.hasResource('AWS::AutoScaling::AutoScalingGroup', {
    Properties: { MinSize: { Ref: 'Number' }, MaxSize: '3' },
    UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: Match.absent() } },
  });
});

test('labels of managed node groups may have short values and keys of 63 characters, those of others none', () => {
  const stack = new Stack(new App(), 'App');
  const cluster = platform(stack, { serviceIpv4Cidr: '172.20.0.0/16' });
  cluster.addManagedNodeGroup('Managed', { instanceTypes: types, labels: { [`a.b/${'x'.repeat(59)}`]: '1', team: text } });
  new SelfManagedNodeGroup(stack, 'Own', { cluster, instanceTypes: types, labels: { [`example.com/${'x'.repeat(63)}`]: '', 'node.kubernetes.io/worker': '' } });
});

test('buckets, zones and workspaces of all kinds are known by their names', () => {
  for (const bucketName of ['data', 'data--use1-az4--x-s3', 'Old_Bucket', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/data', text]) {
    new S3Volume(chart(), 'Volume', { bucketName, namespace: 'shop' });
  }
  IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: text, roleArn: text }], email: 'team+certs@example.com' });
  const workspaceArn = 'arn:aws-us-gov:aps:us-gov-west-1:111122223333:workspace/ws-1';
  expect(PrometheusWorkspace.fromWorkspaceAttributes({ workspaceArn, prometheusEndpoint: 'https://aps.example/workspaces/ws-1/' }).remoteWriteUrl)
    .toBe('https://aps.example/workspaces/ws-1/api/v1/remote_write');
  PrometheusWorkspace.fromWorkspaceAttributes({ workspaceArn: Fn.importValue('Workspace'), prometheusEndpoint: Fn.importValue('Endpoint') });
});
