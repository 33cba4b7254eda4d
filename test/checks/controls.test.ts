import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { deliver, findingsOf } from './fixtures';
import { PlatformBlueprint } from '../../src/blueprints/platform-blueprint';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { checkAssembly } from '../../src/cli/checks';
import { exampleNames, withExample } from '../cluster/examples-synth';

const LAYER = 'arn:aws-test:lambda:eu-test-1:111122223333:layer:kubectl:1';
const OPTIONAL = ALL_CHECKS.filter(({ optional }) => optional).map(({ id }) => id);

/** What the checks that are on by default find. */
const findings = (app: App) => findingsOf(app).filter(({ check }) => !OPTIONAL.includes(check.id)).map(({ id, finding }) => `${id}: ${finding.message}`);

test.each([
  ['in production', {}],
  ['for trying out', { production: false }],
  ['on Auto Mode', { autoMode: true }],
  ['open to some of the internet', { endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') }],
])('nothing is found in the reference platform %s', (_, props) => {
  const app = new App();
  new PlatformBlueprint(app, 'Platform', { kubectlLayerArn: LAYER, ...props });
  expect(findings(app)).toEqual([]);
});

test('nothing is found in a careful app of aws-eks-v2 and cdk8s-plus', () => {
  const app = new App();
  const stack = new Stack(app, 'Plain');
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const cluster = new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_36,
    vpc,
    endpointAccess: eks.EndpointAccess.PRIVATE,
    bootstrapClusterCreatorAdminPermissions: false,
    clusterLogging: [eks.ClusterLoggingTypes.API, eks.ClusterLoggingTypes.AUDIT, eks.ClusterLoggingTypes.AUTHENTICATOR],
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  const nodeRole = new iam.Role(stack, 'NodeRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const template = new ec2.LaunchTemplate(stack, 'Nodes', {
    requireImdsv2: true,
    httpPutResponseHopLimit: 1,
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(50, { encrypted: true }) }],
  });
  cluster.addNodegroupCapacity('System', {
    nodeRole,
    instanceTypes: [new ec2.InstanceType('m7i.large')],
    amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
    launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
  });
  const chart = new cdk8s.Chart(new cdk8s.App(), 'shop', { namespace: 'shop' });
  const deployment = new kplus.Deployment(chart, 'Web', {
    replicas: 3,
    containers: [{
      image: 'registry.example.com/web:1.2.3',
      portNumber: 8080,
      readiness: kplus.Probe.fromHttpGet('/ready'),
      liveness: kplus.Probe.fromHttpGet('/live'),
      securityContext: { user: 1000 },
      resources: { memory: { request: cdk8s.Size.mebibytes(256), limit: cdk8s.Size.mebibytes(256) }, cpu: { request: kplus.Cpu.millis(100) } },
    }],
  });
  deployment.scheduling.separate(kplus.Pods.select(chart, 'Same', { labels: { app: 'web' } }));
  deployment.exposeViaService();
  deliver(stack, chart.toJson());
  expect(findings(app)).toEqual([]);
});

test('what a plain cluster of aws-eks-v2 lacks is found, and it is little', () => {
  const app = new App();
  new eks.Cluster(new Stack(app, 'Plain'), 'Cluster', { version: eks.KubernetesVersion.V1_36 });
  expect(findings(app).map(text => text.replace(/\[.*/, '')).sort()).toEqual(['cluster-creator-admin', 'cluster-logging', 'public-endpoint-open']);
});

test.each(exampleNames())('nothing is found in the example %s', name => {
  const { report } = withExample(name, outdir => checkAssembly(outdir, 'json'));
  expect(JSON.parse(report).filter(({ acknowledged }: any) => !acknowledged).map(({ id, message }: any) => `${id}: ${message}`)).toEqual([]);
});
