import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { FULL_ADDONS } from './full-addons';
import * as addons from '../../src/addons';

/** Options that are every add-on's, and are tested with all of them. */
const OF_ALL = ['HelmAddonOptions', 'ManagedAddonOptions', 'AddonRoleOptions'];

/** Options of an add-on that are left out, because they exclude others or have no effect in a cluster. */
const LEFT_OUT: Record<string, string[]> = {
  Amp: ['scraper', 'scraperSecurityGroups', 'scraperSubnets', 'workspace'],
  Capability: ['argoCd', 'role'],
  ContainerInsights: ['agentConfig', 'applicationSignalsDiscovery', 'identityType'],
  CoreDns: ['computeType', 'corefile', 'replicaCount'],
  EbsCsiDriver: ['identityType'],
  ExternalSecrets: ['parameters'],
  FargateLogging: ['logGroup'],
  GatewayApi: ['albGatewayClass', 'definitions'],
  GuardDutyAgent: ['vpcEndpointSubnets'],
  Karpenter: ['after', 'nodeAccessEntry', 'nodeRole', 'zonalShift'],
  KubePrometheusStack: ['alertmanager', 'grafana'],
  SnapshotController: ['defaultSnapshotClass'],
  VpcCni: [
    'externalSnat', 'identityType', 'minimumIpTarget', 'networkPolicyEnforcingMode', 'podSecurityGroupEnforcingMode', 'podSubnetSecurityGroups', 'podSubnets',
    'securityGroupsForPods', 'warmEniTarget', 'warmIpTarget',
  ],
};

const INTERFACES = new Map<string, ts.InterfaceDeclaration>();
const FOLDER = join(__dirname, '..', '..', 'src', 'addons');
for (const file of readdirSync(FOLDER)) {
  parse(join(FOLDER, file)).statements.filter(ts.isInterfaceDeclaration).forEach(declaration => INTERFACES.set(declaration.name.text, declaration));
}

test('an add-on with all that it can have has all of it', () => {
  const given = new Map<string, string[]>();
  const visit = (node: ts.Node) => {
    if (ts.isNewExpression(node) && node.expression.getText().startsWith('addons.')) {
      const props = node.arguments!.at(-1) as ts.ObjectLiteralExpression;
      given.set(node.expression.getText().slice('addons.'.length), props.properties.map(property => property.name!.getText()));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(join(__dirname, 'full-addons.ts')));

  const missing = Object.keys(addons).filter(name => INTERFACES.has(`${name}Options`) && INTERFACES.has(`${name}Props`)).map((name): [string, string[]] =>
    [name, optionsOf(`${name}Options`).filter(option => !(given.get(name) ?? []).includes(option))]);
  expect(Object.fromEntries(missing.filter(([, options]) => options.length > 0))).toEqual(LEFT_OUT);
  expect(Object.keys(FULL_ADDONS).sort()).toEqual([...given.keys()].sort());
});

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function optionsOf(name: string): string[] {
  if (OF_ALL.includes(name)) { return []; }
  const { members, heritageClauses = [] } = INTERFACES.get(name)!;
  const inherited = [...heritageClauses].flatMap(({ types }) => types.flatMap(({ expression }) => optionsOf(expression.getText())));
  return [...members.map(member => member.name!.getText()), ...inherited].sort();
}
