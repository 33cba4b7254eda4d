import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import { AttachedChart, PlatformCluster } from '../../src';
import { summarize } from '../../src/cli/summary';
import { withExample } from '../cluster/examples-synth';

const ROOT = resolve(__dirname, '..', '..');

/** Runs the CLI as a user does. */
function cli(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src', 'cli', 'main.ts'), ...args], { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The lines below each title; a line that was broken is whole again. */
function sections(summary: string): Record<string, string[]> {
  return Object.fromEntries(summary.trimEnd().split('\n\n').map(block => {
    const [title, ...lines] = block.replace(/\n {4}(?! )/g, ' ').split('\n');
    return [title, lines.map(line => line.trim())];
  }));
}

function summaryOf(app: App): string {
  return summarize(app.synth().directory);
}

function configMap(name: string, data: Record<string, string>): cdk8s.Chart {
  const chart = new cdk8s.Chart(new cdk8s.App(), name);
  new cdk8s.ApiObject(chart, 'Map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  return chart;
}

describe('the summary of the quickstart', () => {
  const { status, stdout, stderr } = withExample('quickstart', outdir => cli('summary', outdir));
  const found = sections(stdout);

  test('is all that is printed', () => {
    expect([status, stderr]).toEqual([0, '']);
    expect(Object.keys(found)).toEqual(['Stacks', 'Platform', 'Bootstrap order', 'How to get in', 'What a destroy leaves behind', 'Warnings']);
  });

  test('fits a page and a terminal', () => {
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.filter(line => line.length > 120)).toEqual([]);
  });

  test('says how large the stack is', () => {
    expect(found.Stacks).toEqual([expect.stringMatching(/^Platform +\d+ resources \(8 custom resources, 1 Lambda function\), \d+ KB$/)]);
  });

  test('goes through the platform by layer', () => {
    expect(stdout).toContain(`
  network         VPC 10.0.0.0/16, 6 subnets, 3 NAT gateways, flow logs
  control plane   Platform-Cluster, Kubernetes 1.36, endpoint private, logs: api, audit, authenticator,
                  controllerManager, scheduler
  nodes           System: m7i.large, AL2023_x86_64_STANDARD, ON_DEMAND, 2 to 4 nodes (2 at first)
  access          the delivery function: AmazonEKSClusterAdminPolicy (cluster)
                  arn:<partition>:iam::<account>:role/PlatformAdmins: AmazonEKSClusterAdminPolicy (cluster)
                  role Karpenter/NodeRole: EC2_LINUX
  add-ons         vpc-cni, kube-proxy, eks-pod-identity-agent, coredns, aws-ebs-csi-driver, eks-node-monitoring-agent,
                  metrics-server, amazon-cloudwatch-observability
  pod identities  kube-system/aws-load-balancer-controller, kube-system/karpenter, aws-node (vpc-cni),
`);
  });

  test('says what is delivered into the cluster, and how', () => {
    expect(stdout).toMatch(/^ {2}delivery {8}one Lambda function in the VPC applies charts server-side and runs helm$/m);
    expect(stdout).toMatch(/^ {2}helm releases {3}aws-load-balancer-controller: aws-load-balancer-controller \d+\.\d+\.\d+ in namespace kube-system$/m);
    expect(stdout).toMatch(/^ {2}charts {10}Sample: Namespace, ResourceQuota, LimitRange, NetworkPolicy, Deployment,/m);
    expect(stdout).toMatch(/^ {18}Karpenter\/General: EC2NodeClass, NodePool$/m);
  });

  test('gives the bootstrap order', () => {
    expect(found['Bootstrap order']).toEqual([
      '1. control plane: Platform-Cluster',
      '2. add-ons: vpc-cni, kube-proxy, eks-pod-identity-agent; charts: Storage/StorageClass',
      '3. nodes: System',
      '4. add-ons: coredns, aws-ebs-csi-driver, eks-node-monitoring-agent, metrics-server, amazon-cloudwatch-observability',
      '5. helm releases: aws-load-balancer-controller, karpenter-crd',
      '6. helm releases: karpenter',
      '7. charts: Karpenter/General',
      '8. charts: Sample',
    ]);
  });

  test('says what a destroy leaves behind, and why', () => {
    expect(found['What a destroy leaves behind']).toEqual([
      ...['Performance', 'Application', 'Dataplane', 'Host'].map(kind => `Platform/Insights/${kind}Logs: retained by its removal policy`),
      'volumes of PersistentVolumeClaims: "volumes" of the teardown is RETAIN',
    ]);
  });

  test('says how to get in, and from where', () => {
    expect(found['How to get in']).toEqual([
      'aws eks update-kubeconfig --name Platform-Cluster --role-arn arn:<partition>:iam::<account>:role/PlatformAdmins',
      'the endpoint is private: from within the VPC, a peered network or a VPN',
    ]);
    expect(found.Warnings).toEqual([expect.stringMatching(/^none$|Kubernetes 1.36 left/)]); // versions age
  });
});

describe('a cluster', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Shop');
  });

  test('without administrators says so where one looks for the way in, and warns', () => {
    new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36 });
    const found = sections(summaryOf(app));
    expect(found['How to get in'][0]).toMatch(/^nobody but the delivery function is an administrator: give PlatformCluster "admins"/);
    expect(found.Warnings).toContainEqual(expect.stringMatching(/^\/Shop\/Cluster: Nobody gets into this cluster but the delivery function: .*eks-slipway:noAdmins/));
  });

  test('with a role of the same stack names it by its construct', () => {
    const team = new iam.Role(stack, 'Team', { assumedBy: new iam.AccountRootPrincipal() });
    new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, admins: [team] });
    const summary = summaryOf(app);
    expect(summary).toMatch(/^ +role Team: AmazonEKSClusterAdminPolicy \(cluster\)$/m);
    expect(sections(summary)['How to get in'][0]).toBe('aws eks update-kubeconfig --name Shop-Cluster --role-arn <ARN of role Team>');
  });

  test('of which someone may only see a namespace is no way in for administrators', () => {
    const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') });
    cluster.grantAccess('Viewer', stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'Viewer' }), [
      eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', { accessScopeType: eks.AccessScopeType.NAMESPACE, namespaces: ['shop'] }),
    ]);
    const summary = summaryOf(app);
    expect(summary).toMatch(/role\/Viewer: AmazonEKSViewPolicy \(shop\)$/m);
    expect(summary).toContain('endpoint private and public from 203.0.113.0/24');
    expect(sections(summary)['How to get in']).toEqual([expect.stringMatching(/^nobody but the delivery function/)]);
  });

  test('shows nodes, Fargate and manifests of CDK under the names that their user gave', () => {
    const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36 });
    cluster.addManagedNodeGroup('Batch', { instanceTypes: [new ec2.InstanceType('m7g.large')], minSize: 1, maxSize: 2 });
    cluster.addNodegroupCapacity('Stock');
    cluster.addFargateProfile('Jobs', { selectors: [{ namespace: 'jobs' }] });
    cluster.addManifest('Note', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' }, data: { vpc: cluster.vpc.vpcId } });
    cluster.addChart('Big', configMap('big', { text: 'x'.repeat(60_000), bucket: new s3.Bucket(stack, 'Bucket').bucketName }));
    const summary = summaryOf(app);
    expect(summary).toMatch(/^ {2}nodes {11}Batch: m7g\.large, AL2023_ARM_64_STANDARD, /m);
    expect(summary).toMatch(/^ {18}Stock: /m);
    expect(summary).toMatch(/^ {18}Jobs: Fargate, pods of jobs$/m);
    expect(summary).toMatch(/^ {2}charts {10}Note: /m);
    expect(summary).toMatch(/^ {18}Big: ConfigMap$/m);
    expect(sections(summary)['Bootstrap order']).toContainEqual(expect.stringMatching(/nodes: Batch, Stock, Jobs/));
  });

  test('in another stack is said to come first, and each stack has its own order', () => {
    const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36 });
    new AttachedChart(new Stack(app, 'Team'), 'Notes', { cluster, chart: configMap('notes', {}) });
    const found = sections(summaryOf(app));
    expect(Object.keys(found)).toEqual(['Stacks', 'Shop', 'Bootstrap order (Shop)', 'How to get in (Shop)', 'What a destroy leaves behind (Shop)', 'Team', 'Bootstrap order (Team)', 'Warnings']);
    expect(found.Stacks[1]).toMatch(/^Team .*, after Shop$/);
    expect(found['Bootstrap order (Team)']).toEqual(['1. charts: Notes']);
  });
});

test('an app without a cluster has stacks and warnings only', () => {
  const app = new App();
  new s3.Bucket(new Stack(app, 'Plain'), 'Bucket');
  expect(Object.keys(sections(summaryOf(app)))).toEqual(['Stacks', 'Warnings']);
});

describe('the command', () => {
  test('fails, and says what to do, where nothing was synthesized', () => {
    const folder = mkdtempSync(join(tmpdir(), 'empty-'));
    try {
      expect(cli('summary', folder)).toEqual({ status: 2, stdout: '', stderr: `eks-slipway: "${folder}" holds no cloud assembly: run \`cdk synth\` first, or name its output folder\n` });
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(cli('summary', join(folder, 'nowhere')).status).toBe(2);
  });

  test.each([[[]], [['sumary']], [['summary', 'cdk.out', 'more']]])('explains itself when it is called with %j', args => {
    const { status, stdout, stderr } = cli(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^usage: eks-slipway summary \[CDK_OUT\]/);
  });
});
