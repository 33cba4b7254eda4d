import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { homedir, tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { classDocs, fit, FIT } from './fit';
import { addonConfiguration, content, referenceYaml, text, unknownKeys, withHelm } from './fixtures';
import { FULL_ADDONS } from './full-addons';
import { Velero } from './own-addon/velero';
import { REQUIRED_PROPS } from './required-props';
import * as addons from '../../src/addons';
import * as catalogue from '../../src/catalogue/charts';
import { clusterWithoutAgent, importedCluster, newCluster } from '../clusters';
import { referenceDir } from '../reference';

type AddonClass = new (scope: Construct, id: string, props: any) => Construct;

const FOLDER = join(__dirname, '..', '..', 'src', 'addons');
const CLASSES = Object.entries(addons).filter((entry): entry is [string, any] => typeof entry[1] === 'function' && entry[1].prototype instanceof Construct) as [string, AddonClass][];
/** The add-on of docs/addons.md, which somebody else could have written, obeys the same rules. */
const ALL: [string, AddonClass][] = [...CLASSES, ['Velero', Velero]];
const kebabCase = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** Add-ons that are neither a chart nor an EKS add-on with a configuration: they have no `values` and no `configurationValues`. */
const WITHOUT_VALUES: string[] = [
  'Amp',
  'FargateLogging',
  'Capability',
  'GatewayApi',
];

/** Values that a chart reads although its own values do not show them, and maps in which anything may stand, by add-on. */
const UNDOCUMENTED_VALUES: Record<string, string[]> = {
  ArgoCd: ['configs.params.server.insecure'],
  FluentBit: ['priorityClassName'],
  KubePrometheusStack: ['prometheus-node-exporter.affinity'],
  CertManager: [
    'serviceAccount.name', 'serviceAccount.annotations', 'podDisruptionBudget.minAvailable', 'webhook.podDisruptionBudget.minAvailable',
    'cainjector.podDisruptionBudget.minAvailable',
  ],
  ClusterAutoscaler: ['extraArgs'],
};

/** Why actions are allowed on every resource. Each is so in the policy of the project itself. */
const ON_ALL_RESOURCES: Record<string, RegExp[]> = {
  AwsLoadBalancerController: [
    /:(Describe|Get|List)/, // reads
    /^iam:CreateServiceLinkedRole$/, // for one service, by condition
    /^(shield|waf-regional|wafv2):/, // protects what it is told to, whatever its ARN
    /^ec2:(CreateSecurityGroup|(Authorize|Revoke)SecurityGroupIngress)$/, // groups of nodes, which others have made
    /^elasticloadbalancing:(Add|Remove)ListenerCertificates$/,
    /^elasticloadbalancing:(Create|Delete|Modify)(Listener|Rule)$/,
    /^elasticloadbalancing:(SetRulePriorities|SetWebAcl)$/,
  ],
  ClusterAutoscaler: [
    /^(autoscaling|ec2):(Describe|GetInstanceTypesFromInstanceRequirements)/, // reads
  ],
  EfsCsiDriver: [
    /^(ec2:DescribeAvailabilityZones|elasticfilesystem:Describe)/, // reads
  ],
  ExternalDns: [
    /^route53:ListHostedZones$/, // a read without resource-level permissions
  ],
  Karpenter: [
    /^ec2:Describe/, // reads of the cluster's region, by condition
    /^(pricing:GetProducts|iam:ListInstanceProfiles)$/, // reads without resource-level permissions
    /^arc-zonal-shift:GetManagedResource$/, // of the cluster, by condition
  ],
  NodeTerminationHandler: [
    /^(autoscaling|ec2):Describe/, // reads
  ],
};

const stackOf = (make: (stack: Stack) => void) => {
  const stack = new Stack(new App(), 'Stack');
  make(stack);
  return stack;
};
const resources = (stack: Stack) => stack.node.findAll().filter(construct => CfnResource.isCfnResource(construct)).map(({ node }) => node.path);

const add = (scope: Stack, name: string, Addon: AddonClass, cluster: eks.ICluster, props: any = {}) => {
  if (name === 'PodIdentityAgent') {
    cluster.node.tryRemoveChild('Agent'); // the cluster of the tests has it
  }
  return new Addon(scope, 'Addon', { cluster, ...REQUIRED_PROPS[name]?.(scope), ...props });
};

/** The resources of the add-on, which is called Addon in its stack. */
const own = (stack: Stack): Record<string, any> =>
  Object.fromEntries(Object.entries(Template.fromStack(stack).toJSON().Resources).filter(([id]) => id.startsWith('Addon')));
const ownOf = (stack: Stack, type: string) =>
  Object.values(own(stack)).filter(resource => resource.Type === type).map(resource => resource.Properties);

/** What the add-on configures: values of its release, or of the managed add-on. */
const configured = (stack: Stack) => {
  const [addon] = ownOf(stack, 'AWS::EKS::Addon');
  const release = ownOf(stack, 'Custom::EKSSlipway-HelmRelease').find(properties => properties.Content);
  return addon ? addonConfiguration(Template.fromStack(stack), addon.AddonName) : release && content({ Properties: release });
};

/** Length of a document as IAM counts it at its longest: in the region with the longest names, and everything called as long as it can be. */
const longest = (document: any) => {
  const known: Record<string, string> = {
    'AWS::Region': 'us-isof-south-1', 'AWS::Partition': 'aws-iso-f', 'AWS::AccountId': '1'.repeat(12), 'AWS::URLSuffix': 'csp.hci.ic.gov',
  };
  const written = JSON.stringify(text(document)).replace(/\$\{([^}]+)\}/g, (_, name) => known[name] ?? 'x'.repeat(name.includes('.') ? 154 : 100));
  return written.length;
};

test('there are add-ons, one a file that is named after it', () => {
  expect(CLASSES.length).toBeGreaterThanOrEqual(10);
  const files = readdirSync(FOLDER);
  expect(CLASSES.map(([name]) => `${kebabCase(name)}.ts`).filter(file => !files.includes(file))).toEqual([]);
});

test('no file names a partition, a region or an account, or imports an index', () => {
  for (const file of readdirSync(FOLDER).filter(name => name !== 'index.ts')) {
    const code = readFileSync(join(FOLDER, file), 'utf8');
    expect([file, ...code.match(/arn:aws|\b(us|eu|ap|ca|sa|me|af)-[a-z]+-\d\b|\b\d{12}\b|from '[^']*\/(index|\.\.)'/g) ?? []]).toEqual([file]);
  }
});

describe.each(ALL)('%s', (name, Addon) => {
  const file = join(name === 'Velero' ? join(__dirname, 'own-addon') : FOLDER, `${kebabCase(name)}.ts`);

  test('works on a cluster of aws-eks-v2, and makes nothing outside of its own subtree', () => {
    const stack = stackOf(scope => {
      const cluster = withHelm(newCluster(scope));
      const before = resources(scope);
      add(scope, name, Addon, cluster);
      expect(resources(scope).filter(path => !before.includes(path) && !path.startsWith('Stack/Addon/'))).toEqual([]);
    });
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('arn:aws:');
  });

  test('works on an imported cluster', () => {
    const stack = stackOf(scope => add(scope, name, Addon, withHelm(importedCluster(scope))));
    const names = ['AWS::EKS::Addon', 'Custom::EKSSlipway-HelmRelease', 'Custom::EKSSlipway-Chart'].flatMap(type => ownOf(stack, type)).map(({ ClusterName }) => ClusterName);
    expect([...new Set(names)]).toEqual(names.length > 0 ? ['existing'] : []);
    expect(JSON.stringify(own(stack))).toMatch(/"existing"|cluster\/existing"/);
  });

  test('works from another stack than the cluster\'s', () => {
    const app = new App();
    const cluster = withHelm(newCluster(new Stack(app, 'Platform')));
    const stack = new Stack(app, 'Addons');
    add(stack, name, Addon, cluster);
    app.synth();
    expect(resources(stack).every(path => path.startsWith('Addons/Addon/'))).toBe(true);
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Platform']);
  });

  test('can do without Pod Identity', () => {
    const stack = stackOf(scope => add(scope, name, Addon, withHelm(importedCluster(scope)), { identityType: eks.IdentityType.IRSA }));
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/pods\.eks\.amazonaws\.com|PodIdentityAssociation/);
  });

  test('gives its releases the roles of their pods, so that no pod is left without credentials', () => {
    const stack = stackOf(scope => add(scope, name, Addon, withHelm(newCluster(scope))));
    const awaited = [...ownOf(stack, 'Custom::EKSSlipway-HelmRelease'), ...ownOf(stack, 'Custom::EKSSlipway-Chart')].flatMap(({ Identities }) => Identities ?? []);
    const associated = ownOf(stack, 'AWS::EKS::PodIdentityAssociation').map(({ Namespace, ServiceAccount }) => `${Namespace}/${ServiceAccount}`);
    expect([...new Set(awaited)].sort()).toEqual(associated.sort());
  });

  test(WITHOUT_VALUES.includes(name) ? 'has nothing to configure by values' : 'what the user configures wins, and nothing else changes', () => {
    const make = (values?: any) => configured(stackOf(scope => {
      const cluster = name === 'PodIdentityAgent' ? clusterWithoutAgent(scope) : newCluster(scope);
      add(scope, name, Addon, withHelm(cluster), { configurationValues: values, values }); // each takes one of them
    }));
    const defaults = make();
    if (WITHOUT_VALUES.includes(name)) {
      expect(make({ ofTheUser: true })).toEqual(defaults);
      return;
    }
    const overrides = { ...flip(defaults), ofTheUser: { deep: [1] } };
    expect(make(overrides)).toEqual({ ...defaults, ...merged(defaults, overrides) });
    const additions = addition(defaults);
    expect(make(additions)).toEqual(merged({ only: defaults }, { only: additions }).only);
  });

  test('sets only values that its chart knows, where the reference data has the chart', () => {
    const dir = referenceDir();
    for (const release of ownOf(stackOf(scope => add(scope, name, Addon, withHelm(newCluster(scope)))), 'Custom::EKSSlipway-HelmRelease')) {
      const known = ['', 'v'].map(v => join('values', `${release.Chart}-${v}${release.Version}.values.yaml`)).find(path => dir && existsSync(join(dir, path)));
      const free = UNDOCUMENTED_VALUES[name] ?? [];
      const unknown = known ? unknownKeys(content({ Properties: release }), referenceYaml(dir!, known), free) : [];
      expect(unknown.filter(key => !free.includes(key))).toEqual([]);
    }
  });

  test('allows nothing on every resource without a reason', () => {
    const stack = stackOf(scope => add(scope, name, Addon, withHelm(newCluster(scope))));
    const documents = [
      ...ownOf(stack, 'AWS::IAM::Role').flatMap(role => (role.Policies ?? []).map((policy: any) => policy.PolicyDocument)),
      ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap(type => ownOf(stack, type)).map(policy => policy.PolicyDocument),
    ];
    const open = documents.flatMap(document => text(document).Statement)
      .filter(({ Resource, Condition }) => [Resource].flat().includes('*') && !Condition?.Null)
      .flatMap(({ Action }) => [Action].flat());
    expect(open.filter(action => !(ON_ALL_RESOURCES[name] ?? []).some(reason => reason.test(action)))).toEqual([]);
  });

  test('no policy has more than 80 % of its limit, with the longest names of cluster and region', () => {
    const stack = stackOf(scope => add(scope, name, Addon, withHelm(newCluster(scope, 'C'.repeat(94))))); // Stack-CC..., 100 characters
    const all = own(stack);
    for (const [id, { Type, Properties }] of Object.entries(all)) {
      if (Type === 'AWS::IAM::Role') {
        const attached = Object.values(all).filter(other => other.Type === 'AWS::IAM::Policy' && JSON.stringify(other.Properties.Roles).includes(`"${id}"`));
        const inline = [...(Properties.Policies ?? []), ...attached.map(policy => policy.Properties)].map(policy => longest(policy.PolicyDocument));
        expect([id, inline.reduce((sum, size) => sum + size, 0) <= 0.8 * 10_240]).toEqual([id, true]);
        expect([id, longest(Properties.AssumeRolePolicyDocument) <= 0.8 * 2_048]).toEqual([id, true]);
      } else if (Type === 'AWS::IAM::ManagedPolicy') {
        expect([id, longest(Properties.PolicyDocument) <= 0.8 * 6_144]).toEqual([id, true]);
      }
    }
  });

  test('says where it runs, where it comes from and how it is used', () => {
    const docs = classDocs(readFileSync(file, 'utf8'), name);
    const said = fit(docs);
    expect(FIT.filter(about => !/^(yes|no|partly|needless)\b.*\.$/.test(said[about] ?? ''))).toEqual([]);
    expect(Object.keys(said).filter(about => ![...FIT, 'Needs'].includes(about))).toEqual([]);
    expect(docs).toMatch(/^@see https:/m);
    expect(docs).toMatch(new RegExp(`^@example\\n[\\s\\S]*new (addons\\.)?${name}\\(`, 'm'));
  });

  const list = join(__dirname, '..', '..', 'ADDONS.md');
  (existsSync(list) && name in addons ? test : test.skip)('has a row in ADDONS.md', () => {
    expect(readFileSync(list, 'utf8')).toContain(`\n## ${name}\n`);
  });
});

/** All add-ons in one stack. */
const everything = () => stackOf(scope => {
  const cluster = withHelm(newCluster(scope));
  CLASSES.filter(([name]) => name !== 'PodIdentityAgent') // the cluster of the tests has it
    .forEach(([name, Addon]) => new Addon(scope, name, { cluster, ...REQUIRED_PROPS[name]?.(scope) }));
  (scope.node.findChild('Karpenter') as addons.Karpenter).addNodePool('General');
});

/** All that have more to say, with all of it. */
const everythingFull = () => stackOf(scope => {
  const cluster = withHelm(newCluster(scope, 'Cluster', eks.KubernetesVersion.V1_35));
  // cert-manager first: another looks for it.
  ['CertManager', ...Object.keys(FULL_ADDONS).filter(name => name !== 'CertManager')].forEach(name => FULL_ADDONS[name](scope, name, cluster));
});

const TOGETHER: [string, () => Stack][] = [['with what they need', everything], ['with all that they can have', everythingFull]];

test.each(TOGETHER)('all of them together, %s, depend on each other without a cycle', (_, make) => {
  expect(cycle(Template.fromStack(make()).toJSON().Resources)).toBeUndefined();
});

const CFN_LINT = [join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'eks-slipway', 'cfn-lint-1.58.0', 'bin', 'cfn-lint'), 'cfn-lint']
  .find(path => spawnSync(path, ['--version']).status === 0);
(CFN_LINT ? test : test.skip).each(TOGETHER)(`cfn-lint finds nothing in them, %s${CFN_LINT ? '' : ' (skipped: no cfn-lint)'}`, (_, make) => {
  const dir = mkdtempSync(join(tmpdir(), 'every-addon-'));
  const file = join(dir, 'everything.template.json');
  writeFileSync(file, JSON.stringify(Template.fromStack(make()).toJSON()));
  // W3005 is how CDK renders DependsOn, W3010 a literal zone.
  const { status, stdout } = spawnSync(CFN_LINT!, ['-i', 'W3005', 'W3010', '-r', 'us-east-1', '-t', file], { encoding: 'utf8' });
  rmSync(dir, { recursive: true });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
}, 180_000);

test('the guide shows the add-on that obeys these rules', () => {
  const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'addons.md'), 'utf8');
  expect(guide).toContain(`\`\`\`typescript\n${readFileSync(join(__dirname, 'own-addon', 'velero.ts'), 'utf8')}\`\`\``);
});

test('every pinned chart was rendered with the values of its add-on', () => {
  for (const chart of Object.values(catalogue)) {
    expect(chart).toMatchObject({ version: expect.stringMatching(/^v?\d+\.\d+\.\d+$/), checked: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect([chart.chart, chart.rendered?.date]).toEqual([chart.chart, expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
  }
});

/** The same structure with another value at every leaf. */
function flip(value: any): any {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, flip(item)]));
  }
  return typeof value === 'boolean' ? !value : 'of the user';
}

/** A further value in every map of the structure, and nothing else. */
function addition(value: any): any {
  const maps = Object.entries(value).filter(([, item]) => typeof item === 'object' && item !== null && !Array.isArray(item));
  return { ...Object.fromEntries(maps.map(([key, item]) => [key, addition(item)])), ofTheUser: true };
}

function merged(defaults: any, overrides: any): any {
  return Object.fromEntries(Object.entries(overrides).map(([key, value]: [string, any]) =>
    [key, typeof value === 'object' && !Array.isArray(value) && typeof defaults?.[key] === 'object' ? { ...defaults[key], ...merged(defaults[key], value) } : value]));
}

/** The resources of one cycle of references and dependencies, if there is any. */
function cycle(all: Record<string, any>): string[] | undefined {
  const free = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) {
      return [...path, id];
    }
    if (free.has(id) || !all[id]) {
      return undefined;
    }
    const targets = new Set<string>([all[id].DependsOn ?? []].flat());
    JSON.stringify(all[id].Properties ?? {}, (key, value) => {
      if (key === 'Ref') {
        targets.add(value);
      } else if (key === 'Fn::GetAtt') {
        targets.add(value[0]);
      }
      return value;
    });
    for (const target of targets) {
      const found = visit(target, [...path, id]);
      if (found) {
        return found;
      }
    }
    free.add(id);
    return undefined;
  };
  return Object.keys(all).map(id => visit(id, [])).find(found => found);
}
