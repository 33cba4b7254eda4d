import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { parse } from 'yaml';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { AWS_LOAD_BALANCER_CONTROLLER, KARPENTER } from '../../src/catalogue/charts';
import { referenceDir } from '../reference';
import { Answer, configMap, DeliveryRig, Resource } from './delivery-rig';
import { APPS } from './examples-apps';
import { Cluster } from './examples-cluster';
import { assetsOf, contentOf, deliveriesOf, Delivery, isHelm, withObjects } from './examples-deliveries';

/** Where the definitions of a group are that a Helm release would bring. */
const DEFINITIONS: Record<string, string> = {
  'karpenter.sh': `karpenter-v${KARPENTER.appVersion}`,
  'karpenter.k8s.aws': `karpenter-v${KARPENTER.appVersion}`,
  'elbv2.k8s.aws': `aws-load-balancer-controller-v${AWS_LOAD_BALANCER_CONTROLLER.appVersion}`,
};

/** EKS Auto Mode's own definition is published nowhere. */
const AUTO_MODE_INGRESS_CLASS_PARAMS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ingressclassparams.eks.amazonaws.com' },
  spec: {
    group: 'eks.amazonaws.com',
    scope: 'Cluster',
    names: { kind: 'IngressClassParams', plural: 'ingressclassparams', singular: 'ingressclassparams' },
    versions: [{
      name: 'v1',
      served: true,
      storage: true,
      schema: { openAPIV3Schema: { type: 'object', properties: { spec: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } } } },
    }],
  },
};

let rig: DeliveryRig;
let cluster: Cluster;
beforeAll(async () => {
  rig = await DeliveryRig.start();
  cluster = new Cluster(rig.plane);
  await cluster.define([AUTO_MODE_INGRESS_CLASS_PARAMS, ...referenceDefinitions()]);
}, 120_000);
afterAll(async () => rig?.stop());

Object.entries(APPS).forEach(([title, synthesize], i) => describe(title, () => {
  const app = synthesize();
  const deliveries = deliveriesOf(app);
  const delivered = deliveries.filter(delivery => !isHelm(delivery) && missingDefinitions(delivery).length === 0);
  const resources = new Map<Delivery, Resource>();
  const charts = () => delivered.filter(({ objects }) => objects.length > 0);
  const addition = (delivery: Delivery) => configMap(`added-to-${delivery.logicalId.toLowerCase()}`, { added: 'yes' });

  /** Twins of the objects, made by somebody else in a place of their own: they must come through all this as they were. */
  const others: any[] = [];
  const place = `others-${i}`;
  const twin = async (object: any, query?: Record<string, string>) => {
    const namespaced = await cluster.isNamespaced(object);
    const metadata = namespaced ? { ...object.metadata, namespace: place } : { ...object.metadata, name: `${object.metadata.name}-${place}` };
    return cluster.create({ ...object, metadata }, query);
  };
  let before: Map<string, any>;

  beforeAll(async () => {
    for (const [path, text] of assetsOf(app)) {
      rig.files.set(path, text);
    }
    others.push(await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: place } }));
    for (const object of charts().flatMap(({ objects }) => objects)) {
      others.push(await twin(object));
    }
    before = await cluster.everything();
  });

  /** That the object is in the cluster, with the very content that the API server makes of it. */
  async function expectDelivered(object: any) {
    const found = await cluster.get(object);
    const said = await twin({ ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-again` } }, { dryRun: 'All' });
    expect({ name: object.metadata.name, content: content(found) }).toEqual({ name: object.metadata.name, content: content(said) });
    const { labels, annotations } = object.metadata;
    expect(found.metadata).toMatchObject({ ...labels && { labels }, ...annotations && { annotations } });
  }

  for (const delivery of deliveries.filter(each => !isHelm(each) && !delivered.includes(each))) {
    test.skip(`skipped: ${delivery.logicalId}: no definitions of ${missingDefinitions(delivery).join(', ')} at ../shared/reference (beside the repository)`, () => undefined);
  }

  test('delivers something, to one cluster', () => {
    expect(charts().length).toBeGreaterThan(0);
    expect([...new Set(deliveries.map(({ properties }) => properties.ClusterName))]).toEqual([expect.stringMatching(/^(rehearsal|existing)$/)]);
  });

  const releases = deliveries.filter(({ type }) => type === RESOURCE_TYPES.HELM_RELEASE);
  if (releases.length > 0) {
    test('gives its Helm charts values that are JSON (the charts are not installed: their repositories cannot be reached here)', () => {
      for (const { properties } of releases) {
        expect(properties).toMatchObject({ Chart: expect.any(String), Repository: expect.stringMatching(/^(https|oci):\/\//), Version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
        expect(JSON.parse(properties.Content ? contentOf(properties.Content, assetsOf(app)) : '{}')).toEqual(expect.any(Object));
      }
    });
  }

  test('is accepted and becomes ready in the order of its templates', async () => {
    for (const delivery of delivered) {
      const { ClusterName, ServiceToken, ...properties } = delivery.properties; // the rig's cluster has its own
      const resource = rig.resource(delivery.type, delivery.logicalId, delivery.stack);
      resources.set(delivery, resource);
      const answer = await resource.create(properties);
      expectSuccess(delivery, answer);
      for (const object of delivery.objects) {
        await expectDelivered(object);
      }
      if (delivery.type === RESOURCE_TYPES.CDK_PATCH) {
        expect(await cluster.get(patched(properties))).toMatchObject(JSON.parse(properties.ApplyPatchJson));
      }
      if (delivery.type === RESOURCE_TYPES.CDK_OBJECT_VALUE) {
        const { objects: [, service] } = delivered.find(({ type }) => type === RESOURCE_TYPES.CDK_MANIFEST)!;
        expect(answer.Data).toEqual({ Value: (await cluster.get(service)).spec.clusterIP });
      }
    }
  });

  test('is updated: what changed is changed, what was added is there', async () => {
    for (const delivery of charts()) {
      const { ClusterName, ServiceToken, ...properties } = withObjects(delivery, [...delivery.objects.map(changed), addition(delivery)]);
      expectSuccess(delivery, await resources.get(delivery)!.update(properties));
      for (const object of delivery.objects.map(changed)) {
        await expectDelivered(object);
      }
      expect((await cluster.get(addition(delivery))).data).toEqual({ added: 'yes' });
    }
  });

  test('is pruned: what left is gone, the rest is there', async () => {
    for (const delivery of charts()) {
      const [gone, ...kept] = [...delivery.objects.map(changed)].reverse();
      const { ClusterName, ServiceToken, ...properties } = withObjects(delivery, [...kept, addition(delivery)]);
      expectSuccess(delivery, await resources.get(delivery)!.update(properties));
      expect(await cluster.get(gone)).toBeUndefined();
      for (const object of [...kept, addition(delivery)]) {
        expect(await cluster.get(object)).toBeDefined();
      }
    }
  });

  test('is deleted: nothing is left, and what others have is as it was', async () => {
    for (const delivery of [...delivered].reverse()) {
      expectSuccess(delivery, await resources.get(delivery)!.delete());
      if (delivery.type === RESOURCE_TYPES.CDK_PATCH) {
        expect(await cluster.get(patched(delivery.properties))).toMatchObject(JSON.parse(delivery.properties.RestorePatchJson));
      }
      for (const object of [...delivery.objects, addition(delivery)]) {
        expect(await cluster.get(object)).toBeUndefined();
      }
    }
    expect([...(await cluster.everything()).values()].filter(isMarked)).toEqual([]);

    // What controllers made of it goes in their time.
    let left: string[] = [];
    for (let attempt = 0; attempt < 60 && (attempt === 0 || left.length > 0); attempt++) {
      await sleep(attempt === 0 ? 0 : 500);
      const now = [...(await cluster.everything()).entries()];
      left = now.filter(([key, object]) => !before.has(key) && !isOfOthers(object)).map(([key]) => key);
    }
    expect(left).toEqual([]);

    for (const other of others) {
      const { metadata: { uid, labels, deletionTimestamp } } = await cluster.get(other);
      expect({ uid, labels, deletionTimestamp }).toEqual({ uid: other.metadata.uid, labels: other.metadata.labels });
    }
  });
}));

/** What a manifest asks for, and its twin then too. */
const SAID_BY_MANIFESTS = ['eks-slipway/on-delete', 'eks-slipway/on-immutable', 'eks-slipway/wait-for'];

function expectSuccess({ logicalId }: Delivery, { Status, Reason }: Answer) {
  expect({ logicalId, Status, Reason }).toEqual({ logicalId, Status: 'SUCCESS', Reason: undefined });
}

/** What an object says, without what the server and the controllers add to this one in particular. */
function content({ apiVersion, kind, metadata, status, ...rest }: any): any {
  const { clusterIP, clusterIPs, replicas, ...spec } = rest.spec ?? {};
  return { ...rest, spec };
}

/** The object after somebody worked on it: a label, and what teams change most. */
function changed(object: any): any {
  const copy = structuredClone(object);
  copy.metadata.labels = { ...copy.metadata.labels, changed: 'yes' };
  switch (copy.kind) {
    case 'ConfigMap': copy.data = { ...copy.data, changed: 'yes' }; break;
    case 'Deployment': copy.spec.template.spec.containers[0].image = 'example.com/changed:2'; break;
    case 'EC2NodeClass': copy.spec.tags = { changed: 'yes' }; break;
    case 'HorizontalPodAutoscaler': copy.spec.maxReplicas = 9; break;
    case 'Ingress': copy.metadata.annotations = { ...copy.metadata.annotations, 'alb.ingress.kubernetes.io/group.name': 'changed' }; break;
    case 'NodePool': copy.spec.limits.cpu = '7'; break;
    case 'ResourceQuota': copy.spec.hard.pods = '50'; break;
    case 'Service': copy.spec.ports[0].port = 8081; break;
  }
  return copy;
}

/** Whether the delivery function was at an object, or keeps its books in it. */
function isMarked({ metadata }: any): boolean {
  return Object.keys({ ...metadata.annotations, ...metadata.labels }).some(key => key.startsWith('eks-slipway/') && !SAID_BY_MANIFESTS.includes(key))
    || metadata.labels?.['app.kubernetes.io/managed-by'] === 'eks-slipway'
    || (metadata.managedFields ?? []).some(({ manager }: any) => manager.startsWith('eks-slipway'));
}

/** Twins, and what controllers make of them. */
function isOfOthers({ metadata: { name, namespace = '' } }: any): boolean {
  return /(^|-)others-\d+$/.test(namespace || name);
}

/** What a patch of a Deployment is for. */
function patched({ ResourceName, ResourceNamespace }: Record<string, any>): any {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: ResourceName.replace('deployment/', ''), namespace: ResourceNamespace } };
}

function missingDefinitions({ objects }: Delivery): string[] {
  return [...new Set(objects.map(({ apiVersion }) => apiVersion.split('/')[0]).filter(group => group in DEFINITIONS && !definitionsOf(group)))];
}

function definitionsOf(group: string): string | undefined {
  const folder = join(referenceDir() ?? '', 'crds', DEFINITIONS[group]);
  return referenceDir() && existsSync(folder) ? folder : undefined;
}

function referenceDefinitions(): any[] {
  const folders = new Set(Object.keys(DEFINITIONS).flatMap(group => definitionsOf(group) ?? []));
  return [...folders].flatMap(folder => readdirSync(folder).map(file => parse(readFileSync(join(folder, file), 'utf8'))));
}
