import { existsSync } from 'fs';
import { autoModeDefinition, publishedDefinitions } from './addons-definitions';
import { chartFile, everythingDelivered, rendered } from './addons-releases';
import { Strict } from './addons-strict';
import { withControlPlane } from './with-control-plane';
import { CHART_CLASSES, EVERY_CHART, exampleObjects } from '../charts/every-chart';
import { describeWithReference } from '../reference';

/** The newest is that of the programs, the others are emulated by them: as far back as they can. */
const VERSIONS = ['1.36', '1.35', '1.34', '1.33'];

// Before there is an API server, which closes connections that wait too long.
const { releases, charts } = everythingDelivered();
const missing = [...new Set(releases.filter(release => !existsSync(chartFile(release))).map(({ chart, version }) => `${chart} ${version}`))];
if (missing.length > 0) {
  process.stderr.write(`skipped: ${missing.join(', ')}: not in the cache; "npx tsx --tsconfig tsconfig.all.json test/cluster/addons-releases.ts" pulls them\n`);
}
const atHand = releases.filter(release => existsSync(chartFile(release)));

describeWithReference('strictly', dir => describe.each(VERSIONS)('Kubernetes %s accepts', version => {
  const plane = withControlPlane({ nodes: 0, emulatedVersion: version === VERSIONS[0] ? undefined : version });
  const made = new Map<object, any[]>();
  let strict: Strict;

  async function expectAccepted(objects: any[], namespace?: string) {
    const refusals = [];
    for (const object of objects) {
      const refusal = await strict.refusal(object, { namespace });
      if (refusal) { refusals.push(`${object.kind} ${object.metadata.name}: ${refusal}`); }
    }
    expect(refusals).toEqual([]);
  }

  beforeAll(async () => {
    strict = new Strict(plane());
    // Charts first: the published definitions stand for those that no chart at hand brings.
    for (const release of atHand) {
      const { definitions, objects } = await rendered(release, version);
      await strict.define(definitions);
      made.set(release, objects);
    }
    await strict.define([...publishedDefinitions(dir), autoModeDefinition(dir, 'NodeClass'), autoModeDefinition(dir, 'IngressClassParams')]);
    const namespaces = [...made.values(), ...charts.map(({ objects }) => objects)].flat().map(({ metadata }) => metadata.namespace);
    await strict.makeNamespaces([...atHand.map(({ namespace }) => namespace), ...namespaces, 'shop', 'team', 'argocd', 'flux-system', 'aws-observability'].filter(Boolean));
  }, 600_000);

  test.each(CHART_CLASSES)('%s, with what it needs and with all that it can have', async name => {
    for (const example of EVERY_CHART[name]) {
      await expectAccepted(exampleObjects(name, example).filter(({ kind }) => kind !== 'Namespace'));
    }
  });

  test.each(charts)('what is delivered of $of', ({ objects }) => expectAccepted(objects.filter(({ kind }) => kind !== 'Namespace')));

  test.each(atHand)('what helm makes of $chart ($of)', async release => {
    expect(made.get(release)!.length).toBeGreaterThan(release.chart === 'karpenter-crd' ? -1 : 0);
    await expectAccepted(made.get(release)!, release.namespace);
  });
}));
