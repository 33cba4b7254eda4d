/*
 * Writes ADDONS.md: what every add-on is and where it runs, from its docs in the assembly; what it puts into an account and a cluster, from
 * its template; where its chart was read and when, from the catalogue.
 */
import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { addons, Delivery } from '../src';
import * as catalogue from '../src/catalogue/charts';
import { fit, FIT, withoutFit } from '../test/addons/fit';
import { text } from '../test/addons/fixtures';
import { REQUIRED_PROPS } from '../test/addons/required-props';

/** Where EKS installs its add-ons; a template says it only when another namespace is chosen. */
const NAMESPACES: Record<string, string> = {
  'adot': 'opentelemetry-operator-system',
  'amazon-cloudwatch-observability': 'amazon-cloudwatch',
  'aws-guardduty-agent': 'amazon-guardduty',
  'aws-network-flow-monitoring-agent': 'amazon-network-flow-monitor',
  'cert-manager': 'cert-manager',
  'external-dns': 'external-dns',
  'fluent-bit': 'fluent-bit',
};

const root = resolve(__dirname, '..');
const assembly = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
const list = (value: any): any[] => [value ?? []].flat();
const code = (value: string) => `\`${value}\``;

function newCluster(stack: Stack): eks.Cluster {
  const cluster = new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_36,
    clusterName: 'cluster',
    bootstrapSelfManagedAddons: false,
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  new CfnAddon(cluster, 'Agent', { clusterName: cluster.clusterName, addonName: 'eks-pod-identity-agent' });
  const kubectlLayer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', stack.formatArn({ service: 'lambda', resource: 'layer', resourceName: 'kubectl:1' }));
  Delivery.of(cluster, { kubectlLayer });
  return cluster;
}

function resourcesOf(name?: string): Record<string, any> {
  const stack = new Stack(new App({ context: { '@aws-cdk/aws-eks:useNativeOidcProvider': true } }), 'Stack');
  const cluster = newCluster(stack);
  if (name === 'PodIdentityAgent') {
    cluster.node.tryRemoveChild('Agent'); // the cluster has it for the others
  }
  if (name) {
    new (addons as any)[name](stack, 'Addon', { cluster, ...REQUIRED_PROPS[name]?.(stack) });
  }
  return Template.fromStack(stack).toJSON().Resources;
}

const without = new Set(Object.keys(resourcesOf()));

/** A resource of a statement as it reads best: no partition, region and account, and what the template makes by its type. */
function readable(resource: any, resources: Record<string, any>): string {
  return text(resource).replaceAll('arn:${AWS::Partition}:', '').replace(/\$\{AWS::(\w+)\}/g, '$1')
    .replace(/\$\{(\w+)\.Arn\}/g, (_: string, id: string) => resources[id]?.Type ?? `the ${id.replace(/[0-9A-F]{8}$/, '').toLowerCase()}`)
    .replace(/\$\{(\w+)[^}]*\}/g, (_: string, id: string) => id.replace(/[0-9A-F]{8}$/, '').toLowerCase());
}

function describe(name: string) {
  const all = resourcesOf(name);
  const entries = Object.entries(all).filter(([id]) => !without.has(id));
  const properties = (type: RegExp): any[] => entries.filter(([, { Type }]) => type.test(Type)).map(([, resource]) => resource.Properties);

  const managed = properties(/^AWS::EKS::Addon$/);
  const releases = properties(/HelmRelease$/).map(release => ({ release, pinned: Object.values(catalogue).find(({ chart, repository }) => chart === release.Chart && repository === release.Repository) }));
  const statements = [...properties(/^AWS::IAM::Role$/).flatMap(role => role.Policies ?? []), ...properties(/^AWS::IAM::(Managed)?Policy$/)]
    .flatMap(policy => list(policy.PolicyDocument.Statement))
    .filter(statement => statement.Effect === 'Allow');
  const onResources = new Map<string, Set<string>>();
  for (const { Action, Resource, Condition } of statements) {
    const on = list(Resource).map(resource => code(readable(resource, all))).join(', ') + (Condition ? ' under conditions' : '');
    onResources.set(on, new Set([...onResources.get(on) ?? [], ...list(Action)]));
  }
  const counts = new Map<string, number>();
  entries.forEach(([, { Type }]) => counts.set(Type, (counts.get(Type) ?? 0) + 1));

  return {
    installs: [
      ...managed.map(({ AddonName }) => `EKS add-on ${code(AddonName)}`),
      ...releases.map(({ release }) => `chart ${code(release.Chart)} ${release.Version}`),
    ],
    sources: releases.flatMap(({ release, pinned }) => !pinned ? [] : [`${code(release.Chart)} ${pinned.version} (${pinned.appVersion}) from ${release.Repository}, read in ${pinned.source} on ${pinned.checked}`
      + `, for Kubernetes ${pinned.kubernetes.oldest} ${pinned.kubernetes.newest ? `to ${pinned.kubernetes.newest}` : 'and later'}`
      + (pinned.rendered ? `; rendered on ${pinned.rendered.date} by helm ${pinned.rendered.helm} for ${pinned.rendered.kubernetes}` : '')]),
    namespaces: [...new Set<string>([
      ...releases.map(({ release }) => release.Namespace),
      ...managed.map(({ AddonName, NamespaceConfig }) => NamespaceConfig?.Namespace ?? NAMESPACES[AddonName] ?? 'kube-system'),
    ])].sort().map(code),
    serviceAccounts: [
      ...properties(/PodIdentityAssociation$/).map(p => code(`${p.Namespace}/${p.ServiceAccount}`)),
      ...managed.flatMap(p => p.PodIdentityAssociations ?? []).map((p: any) => code(p.ServiceAccount)),
    ],
    managedPolicies: properties(/^AWS::IAM::Role$/).flatMap(role => role.ManagedPolicyArns ?? []).map(arn => code(text(arn).split('/').pop()!)),
    permissions: [...onResources].map(([on, actions]) => `${[...actions].sort().map(code).join(', ')} on ${on}`),
    resources: [...counts].sort().map(([type, count]) => count === 1 ? code(type) : `${count} ${code(type)}`),
  };
}

const kebabCase = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
const names = Object.keys(addons).filter(name => (addons as any)[name].prototype instanceof Construct).sort();
const docsOf = (name: string) => assembly.types[`eks-slipway.addons.${name}`].docs;
/** Short enough for the overview: the first word. */
const short = (said?: string) => said?.match(/^[\w-]+/)?.[0] ?? '';

const overview = [
  `| | installs | ${FIT.join(' | ')} |`,
  `|---|---|${FIT.map(() => '---|').join('')}`,
  ...names.map(name => {
    const said = fit(docsOf(name).remarks ?? '');
    return `| [${name}](#${name.toLowerCase()}) | ${describe(name).installs.join(', ')} | ${FIT.map(about => short(said[about])).join(' | ')} |`;
  }),
].join('\n');

const sections = names.map(name => {
  const { summary, remarks = '', example } = docsOf(name);
  const said = fit(remarks);
  const facts = describe(name);
  const rows = [
    ['file', [`src/addons/${kebabCase(name)}.ts`].map(code)],
    ['EKS add-on', facts.installs.filter(item => item.startsWith('EKS')).map(item => item.replace('EKS add-on ', ''))],
    ['chart', facts.sources],
    ['namespace', facts.namespaces],
    ['service account', facts.serviceAccounts],
    ['managed policies', facts.managedPolicies],
    ['IAM', facts.permissions],
    ['resources', facts.resources],
    ...[...FIT, 'Needs'].map((about): [string, string[]] => [about === 'Needs' ? 'needs' : about, said[about] ? [said[about].replace(/\.$/, '')] : []]),
  ] as [string, string[]][];
  return [
    `## ${name}`,
    [summary, withoutFit(remarks)].filter(Boolean).join('\n\n'),
    `\`\`\`ts\n${example}\n\`\`\``,
    ['| | |', '|---|---|', ...rows.filter(([, items]) => items.length > 0).map(([what, items]) => `| ${what} | ${items.join(what === 'IAM' || what === 'chart' ? '<br>' : ', ')} |`)].join('\n'),
  ].join('\n\n');
});
writeFileSync(join(root, 'ADDONS.md'), `${[
  '# Add-ons',
  'Generated by `npx projen post-compile` from the code: what each add-on is, and what it puts into the account and the cluster with its defaults. All of them take an\n'
  + '`eks.ICluster`: a `PlatformCluster`, a cluster of aws-eks-v2, an imported one, of the same stack or of another. EKS add-ons have no version here: EKS has a default for\n'
  + 'every Kubernetes version, and `addonVersion` chooses another.',
  overview,
  ...sections,
].join('\n\n')}\n`);
