import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { Rehearsal } from '../../rig/rehearsal/rehearsal';
import { Rig } from '../../rig/rig';
import * as addons from '../../src/addons';
import { PlatformCluster } from '../../src/cluster/platform-cluster';
import { FULL_ADDONS } from '../addons/full-addons';
import { REQUIRED_PROPS } from '../addons/required-props';

const folder = mkdtempSync(join(tmpdir(), 'addons-'));
let rig: Rig;
beforeAll(async () => { rig = await Rig.start(); }, 120_000);
afterAll(async () => {
  await rig?.stop();
  rmSync(folder, { recursive: true });
});

/** A PlatformCluster has these itself. */
const OF_THE_CLUSTER = ['CoreDns', 'KubeProxy', 'PodIdentityAgent', 'VpcCni'];
const CLASSES = Object.entries(addons as Record<string, any>)
  .filter(([name, value]) => typeof value === 'function' && value.prototype instanceof Construct && !OF_THE_CLUSTER.includes(name));

/** Definitions of the Gateway API, as far as classes need them. */
const GATEWAY_API = join(folder, 'standard-install.yaml');
writeFileSync(GATEWAY_API, JSON.stringify({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'gatewayclasses.gateway.networking.k8s.io',
    annotations: { 'gateway.networking.k8s.io/bundle-version': 'v1.6.0', 'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/1' },
  },
  spec: {
    group: 'gateway.networking.k8s.io',
    names: { kind: 'GatewayClass', listKind: 'GatewayClassList', plural: 'gatewayclasses', singular: 'gatewayclass' },
    scope: 'Cluster',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
}));

/** Synthesizes a platform with all add-ons that `add` makes; returns the folder. */
function platform(name: string, add: (stack: Stack, cluster: PlatformCluster) => void): string {
  const outdir = join(folder, name);
  const app = new App({ outdir });
  const stack = new Stack(app, name);
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, admins: [], kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') });
  cluster.addManagedNodeGroup('Nodes', { instanceTypes: [new ec2.InstanceType('m7i.xlarge')] });
  add(stack, cluster);
  app.synth();
  return outdir;
}

/** Created, changed (another value for each release, a tag, an object more), changed back and deleted: nothing fails, and nothing is left. */
async function expectLife(outdir: string) {
  const life = new Rehearsal(rig, rig.load(outdir), act => process.stderr.write(`${act.name}: ${act.seconds.toFixed(0)} s\n`));
  await life.life();
  expect(life.acts.filter(({ findings }) => findings.length > 0).map(({ name, findings }) => ({ name, findings }))).toEqual([]);
  expect(life.acts.at(-1)!.name).toBe('delete');
}

test('every add-on comes, changes and goes', () => expectLife(platform('Addons', (stack, cluster) => {
  for (const [name, Addon] of CLASSES) {
    new Addon(stack, name, { cluster, ...REQUIRED_PROPS[name]?.(stack), ...name === 'GatewayApi' ? { definitions: GATEWAY_API } : {} });
  }
})), 1_800_000);

test('and so it does with all that it can have', () => expectLife(platform('Full', (stack, cluster) => {
  // cert-manager and the Gateway API come first: others look for them.
  new addons.GatewayApi(stack, 'Definitions', { cluster, definitions: GATEWAY_API, albGatewayClass: false });
  const names = Object.keys(FULL_ADDONS).filter(name => !OF_THE_CLUSTER.includes(name));
  for (const name of ['CertManager', ...names.filter(other => other !== 'CertManager')]) {
    FULL_ADDONS[name](stack, name, cluster);
  }
})), 1_800_000);
