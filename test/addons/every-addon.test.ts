import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { addonConfiguration, content, text, withHelm } from './fixtures';
import * as addons from '../../src/addons';
import * as catalogue from '../../src/catalogue/charts';
import { clusterWithoutAgent, importedCluster, newCluster } from '../clusters';

type AddonClass = new (scope: Construct, id: string, props: { cluster: eks.ICluster; [prop: string]: any }) => Construct;

const FOLDER = join(__dirname, '..', '..', 'src', 'addons');
const CLASSES = Object.entries(addons).filter((entry): entry is [string, any] => typeof entry[1] === 'function' && entry[1].prototype instanceof Construct) as [string, AddonClass][];
const kebabCase = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

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
  Karpenter: [
    /^ec2:Describe/, // reads of the cluster's region, by condition
    /^(pricing:GetProducts|iam:ListInstanceProfiles)$/, // reads without resource-level permissions
    /^arc-zonal-shift:GetManagedResource$/, // of the cluster, by condition
  ],
};

const stackOf = (make: (stack: Stack) => void) => {
  const stack = new Stack(new App(), 'Stack');
  make(stack);
  return stack;
};
const resources = (stack: Stack) => stack.node.findAll().filter(construct => CfnResource.isCfnResource(construct)).map(({ node }) => node.path);

const resourcesOf = (stack: Stack, type: string) => Template.fromStack(stack).findResources(type);

/** What the add-on configures: values of its release, or of the managed add-on. */
const configured = (stack: Stack) => {
  const template = Template.fromStack(stack);
  const releases = Object.values(template.findResources('Custom::EKSSlipway-HelmRelease')).filter(release => release.Properties.Content);
  const addon = Object.entries(template.findResources('AWS::EKS::Addon')).find(([id]) => id.startsWith('Addon'))?.[1];
  return addon ? addonConfiguration(template, addon.Properties.AddonName) : content(releases[0]);
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

describe.each(CLASSES)('%s', (name, Addon) => {
  test('works on a cluster of aws-eks-v2, and makes nothing outside of its own subtree', () => {
    const stack = stackOf(scope => {
      const cluster = withHelm(newCluster(scope));
      const before = resources(scope);
      new Addon(scope, 'Addon', { cluster });
      expect(resources(scope).filter(path => !before.includes(path) && !path.startsWith('Stack/Addon/'))).toEqual([]);
    });
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('arn:aws:');
  });

  test('works on an imported cluster', () => {
    const stack = stackOf(scope => new Addon(scope, 'Addon', { cluster: withHelm(importedCluster(scope)) }));
    const [own] = Object.values({ ...resourcesOf(stack, 'AWS::EKS::Addon'), ...resourcesOf(stack, 'Custom::EKSSlipway-HelmRelease') });
    expect(own.Properties.ClusterName).toBe('existing');
  });

  test('works from another stack than the cluster\'s', () => {
    const app = new App();
    const cluster = withHelm(newCluster(new Stack(app, 'Platform')));
    const stack = new Stack(app, 'Addons');
    new Addon(stack, 'Addon', { cluster });
    app.synth();
    expect(resources(stack).every(path => path.startsWith('Addons/Addon/'))).toBe(true);
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Platform']);
  });

  test('can do without Pod Identity', () => {
    const stack = stackOf(scope => new Addon(scope, 'Addon', { cluster: withHelm(importedCluster(scope)), identityType: eks.IdentityType.IRSA }));
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/pods\.eks\.amazonaws\.com|PodIdentityAssociation/);
  });

  test('what the user configures wins, and nothing else changes', () => {
    const make = (own?: any) => configured(stackOf(scope => {
      const cluster = name === 'PodIdentityAgent' ? clusterWithoutAgent(scope) : newCluster(scope);
      new Addon(scope, 'Addon', { cluster: withHelm(cluster), configurationValues: own, values: own }); // each takes one of them
    }));
    const defaults = make();

    const overrides = { ...flip(defaults), ofTheUser: { deep: [1] } };
    expect(make(overrides)).toEqual({ ...defaults, ...merged(defaults, overrides) });
  });

  test('allows nothing on every resource without a reason', () => {
    const template = Template.fromStack(stackOf(scope => new Addon(scope, 'Addon', { cluster: withHelm(newCluster(scope)) })));
    const documents = [
      ...Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('Addon'))
        .flatMap(([, role]) => (role.Properties.Policies ?? []).map((policy: any) => policy.PolicyDocument)),
      ...Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Addon')).map(([, policy]) => policy.Properties.PolicyDocument),
    ];
    const open = documents.flatMap(document => text(document).Statement)
      .filter(({ Resource, Condition }) => [Resource].flat().includes('*') && !Condition?.Null)
      .flatMap(({ Action }) => [Action].flat());
    expect(open.filter(action => !(ON_ALL_RESOURCES[name] ?? []).some(reason => reason.test(action)))).toEqual([]);
  });

  const list = join(__dirname, '..', '..', 'ADDONS.md');
  (existsSync(list) ? test : test.skip)('has a row in ADDONS.md', () => {
    expect(readFileSync(list, 'utf8')).toContain(name);
  });
});

test('all of them together depend on each other without a cycle', () => {
  const template = Template.fromStack(stackOf(scope => {
    const cluster = withHelm(newCluster(scope));
    CLASSES.forEach(([name, Addon]) => new Addon(scope, name, { cluster }));
    (scope.node.findChild('Karpenter') as addons.Karpenter).addNodePool('General');
  })).toJSON();
  expect(cycle(template.Resources)).toBeUndefined();
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
