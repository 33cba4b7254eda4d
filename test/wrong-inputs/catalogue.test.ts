import { ACCESS } from './access';
import { ADDONS, KARPENTER } from './addons';
import { CLUSTER } from './cluster';
import { CHARTS, HELM_RELEASES, IDENTITY, MANAGED_ADDONS } from './delivery';
import { MIGRATION, NODE_CLASSES, NODE_POOLS } from './karpenter';
import { LOAD_BALANCERS } from './load-balancers';
import { NETWORK } from './network';
import { FARGATE, NODES } from './nodes';
import { placeOf, Site, sites, watchValidations } from './throw-sites';
import { FARGATE_LOGS, GITOPS, SECRETS, STORAGE, WORKLOADS } from './workloads';
import { complaints, tokensLike, WrongInput } from './wrong-input';

const CATALOGUE: Record<string, WrongInput[]> = {
  'the cluster': CLUSTER,
  'networks': NETWORK,
  'nodes': NODES,
  'Fargate': FARGATE,
  'access': ACCESS,
  'EKS add-ons': MANAGED_ADDONS,
  'Helm releases': HELM_RELEASES,
  'charts': CHARTS,
  'identities': IDENTITY,
  'load balancers': LOAD_BALANCERS,
  'add-ons': ADDONS,
  'Karpenter': KARPENTER,
  'node pools': NODE_POOLS,
  'node classes': NODE_CLASSES,
  'migration of Karpenter': MIGRATION,
  'workloads': WORKLOADS,
  'storage': STORAGE,
  'secrets and certificates': SECRETS,
  'GitOps': GITOPS,
  'logs of Fargate': FARGATE_LOGS,
};

/** Why no row reaches a place that complains. */
const NO_ROW: Record<string, string> = {
};

/** What a message says to do. */
const REMEDY = /\b(give|leave|remove|add|use|call|name|pin|put|say|choose|change|select|write|turn|import|download|deliver|let)\b/i;

const reached = new Set<string>();
const all: Site[] = sites();

function reach(place: Error | undefined) {
  const { file, line = 0 } = (place && placeOf(place)) ?? {};
  all.filter(site => site.file === file && site.from <= line && line <= site.to).forEach(site => reached.add(site.name));
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'object' && value !== null ? value.constructor.name : String(value);
  return text.length > 60 ? `${text.slice(0, 40)}... (${text.length} characters)` : text;
}

let unwatch: () => void;
beforeAll(() => {
  unwatch = watchValidations(reach);
});
afterAll(() => unwatch());

describe.each(Object.entries(CATALOGUE))('wrong inputs of %s', (_, rows) => {
  test.each(rows.map(row => [row.prop, shown(row.value), row] as const))('%s: %s', (prop, __, row) => {
    const { errors, thrown } = complaints(row);
    reach(thrown);
    if (process.env.SHOW_MESSAGES && !errors.includes(row.error)) {
      process.stderr.write(`@@${JSON.stringify([row.error, errors, prop])}\n`);
    }
    expect(errors).toContain(row.error);
    expect(row.error).toMatch(/^["a-z]/);
    expect(row.error).toContain(`"${prop}`);
    expect(row.error).toMatch(REMEDY);
    expect(row.error).not.toMatch(/[.!\s]$/);
    if (['string', 'number', 'boolean'].includes(typeof row.value)) {
      expect(row.error).toContain(String(row.value));
    }
  });
});

describe('what is known only at the deployment', () => {
  const rows = Object.values(CATALOGUE).flat().filter(row => tokensLike(row).length > 0);

  test.each(rows.filter(row => !row.refusesTokens).map(row => [row.prop, shown(row.value), row] as const))('passes as %s, where %s is wrong', (_, __, row) => {
    // A duration that is a token has to be in the unit in which it is needed, as everywhere in CDK.
    expect(tokensLike(row).map(token => complaints(row, token).errors)).toContainEqual([]);
  });

  test.each(rows.filter(row => row.refusesTokens).map(row => [row.prop, row.refusesTokens!, row] as const))('is refused as %s: %s', (_, __, row) => {
    for (const token of tokensLike(row)) {
      const { errors, thrown } = complaints(row, token);
      reach(thrown);
      expect(errors[0]).toContain(`"${row.prop}`);
    }
  });
});

describe('the catalogue and the code', () => {
  test('agree: every place that complains has a row, or a reason to have none', () => {
    expect(all.map(({ name }) => name).filter(name => !reached.has(name) && !(name in NO_ROW)).sort()).toEqual([]);
  });

  test('have no reason too many', () => {
    expect(Object.keys(NO_ROW).filter(name => reached.has(name) || !all.some(site => site.name === name))).toEqual([]);
  });
});
