import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { Template } from '../../rig/engine/template';
import { differencesFrom, settledState, takeState } from '../../rig/oracle/state';
import { Rehearsal } from '../../rig/rehearsal/rehearsal';
import { unprotected } from '../../rig/rehearsal/variants';
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
const NAMES = Object.entries(addons as Record<string, any>)
  .filter(([name, value]) => typeof value === 'function' && value.prototype instanceof Construct && !OF_THE_CLUSTER.includes(name))
  .map(([name]) => name);

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

/** Synthesizes a platform with the add-ons that `add` makes; returns the folder. */
function platform(outdir: string, add: (stack: Stack, cluster: PlatformCluster) => void): string {
  const app = new App({ outdir: join(folder, outdir) });
  const stack = new Stack(app, 'Platform');
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36, admins: [], kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') });
  cluster.addManagedNodeGroup('Nodes', { instanceTypes: [new ec2.InstanceType('m7i.xlarge')] });
  add(stack, cluster);
  app.synth();
  return join(folder, outdir);
}

const addLeast = (stack: Stack, cluster: PlatformCluster, name: string) =>
  new (addons as any)[name](stack, name, { cluster, ...REQUIRED_PROPS[name]?.(stack), ...name === 'GatewayApi' ? { definitions: GATEWAY_API } : {} });

const withLeast = () => platform('least', (stack, cluster) => NAMES.forEach(name => addLeast(stack, cluster, name)));
const withAll = () => platform('all', (stack, cluster) => {
  // cert-manager first: another looks for it.
  for (const name of ['CertManager', ...NAMES.filter(other => other !== 'CertManager')]) {
    (FULL_ADDONS[name] ?? ((scope: Stack) => addLeast(scope, cluster, name)))(stack, name, cluster);
  }
  new addons.GatewayApi(stack, 'Definitions', { cluster, definitions: GATEWAY_API, albGatewayClass: false, nlbGatewayClass: false });
});

test('every add-on comes, is changed (another value for a release, a tag, one object more), changed back, and goes', async () => {
  const life = new Rehearsal(rig, rig.load(withLeast()));
  await life.life();
  expect(life.acts.filter(({ findings }) => findings.length > 0).map(({ name, findings }) => ({ name, findings }))).toEqual([]);
  expect(life.acts.at(-1)!.name).toBe('delete');
}, 1_800_000);

test('so it does with all that it can have, after it was brought to the least and back', async () => {
  const [all, least] = [withAll(), withLeast()].map(outdir => unprotected(rig.load(outdir).stacks[0].template));
  const empty = await takeState(rig.model);
  const isNoDefinition = (line: string) => !line.includes(' CustomResourceDefinition ');
  const deploy = async (template: Template, status: string) => {
    const stack = await rig.engine.deploy('Platform', template);
    expect(stack).toMatchObject({ status, failures: [] });
    // What was to be retained when it was replaced.
    stack.kept.splice(0).forEach(({ type, physicalId }) => rig.model.world.remove({ type, id: physicalId }));
  };

  await deploy(all, 'CREATE_COMPLETE');
  const before = await settledState(rig.model);
  await deploy(least, 'UPDATE_COMPLETE');
  await deploy(all, 'UPDATE_COMPLETE');
  // The same objects are in the cluster; roles, of which some are new ones, have other names.
  expect((await differencesFrom(before, rig.model)).filter(line => /^in .*, (missing|left over): /.test(line) && isNoDefinition(line))).toEqual([]);

  expect(await rig.engine.delete('Platform')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [], kept: [] });
  expect(await differencesFrom(empty, rig.model, 5000, isNoDefinition)).toEqual([]);
  expect(rig.residues.flatMap(({ objects }) => objects).filter(isNoDefinition)).toEqual([]);
}, 1_800_000);
