import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { dependencies, levels, Template, TemplateResource } from '../private/template-graph';

/** Columns of the text. */
const WIDTH = 120;

/** A readable account of a synthesized app. */
export function summarize(directory: string): string {
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new Error(`"${directory}" holds no cloud assembly: run \`cdk synth\` first, or name its output folder`);
  }
  const assembly = new CloudAssembly(directory);
  const stacks = assembly.stacksRecursively;
  return [
    section('Stacks', stacks.map(stack => stackLine(stack))),
    ...stacks.flatMap(stack => describe(stack, directory, stacks.length > 1)),
    section('Warnings', warnings(stacks), 'none'),
  ].join('\n\n');
}

type Entry = [logicalId: string, resource: TemplateResource];

/** A stack's template, with what is asked of it again and again. */
interface Source {
  readonly template: Template;
  /** Construct paths below the stack, by logical id. */
  readonly paths: Map<string, string>;
  /** Folder of the assembly, with its assets. */
  readonly directory: string;
}

/** What a summary calls the parts of a platform, and the resources that they are. */
const PARTS: [type: RegExp, part: string][] = [
  [/^AWS::EKS::Cluster$/, 'control plane'],
  [/^AWS::EKS::(Nodegroup|FargateProfile)$/, 'nodes'],
  [/^AWS::EKS::(Addon|Capability)$/, 'add-ons'],
  [/^Custom::(EKSSlipway-HelmRelease|AWSCDK-EKS-HelmChart)$/, 'helm releases'],
  [/^Custom::(EKSSlipway-Chart|AWSCDK-EKS-KubernetesResource)$/, 'charts'],
  [/^Custom::AWSCDK-EKS-KubernetesPatch$/, 'patches'],
  [/^Custom::AWSCDK-EKS-KubernetesObjectValue$/, 'values read'],
];

const partOf = (type: string) => PARTS.find(([pattern]) => pattern.test(type))?.[1];

function describe(stack: CloudFormationStackArtifact, directory: string, several: boolean): string[] {
  const source: Source = { template: stack.template, paths: constructPaths(stack), directory };
  const resources = Object.entries(source.template.Resources ?? {});
  const of = (...types: string[]) => resources.filter(([, resource]) => types.includes(resource.Type));
  const part = (title: string) => resources.filter(([, { Type: type }]) => partOf(type) === title);
  const layers: [string, string[]][] = [
    ['network', network(of)],
    ['control plane', part('control plane').map(([, cluster]) => controlPlane(cluster))],
    ['nodes', [...of('AWS::EKS::Nodegroup').map(entry => nodeGroup(entry, source)), ...of('AWS::EKS::FargateProfile').map(entry => fargate(entry, source))]],
    ['access', access(of('AWS::EKS::AccessEntry'), source)],
    ['add-ons', [part('add-ons').map(([, addon]) => addonText(addon)).join(', ')].filter(Boolean)],
    ['pod identities', [podIdentities(of)].filter(Boolean)],
    ['delivery', deliveryFunctions(source).map(([, handler]) => delivery(handler))],
    ['helm releases', part('helm releases').map(([, release]) => helm(release))],
    ['charts', part('charts').map(entry => `${label(entry, source)}: ${objects(entry[1], directory)}`)],
  ];
  const shown = layers.filter(([, lines]) => lines.length > 0);
  if (shown.length === 0) {
    return [];
  }
  const clusters = part('control plane');
  const title = (name: string) => several ? `${name} (${stack.stackName})` : name;
  const left = leftBehind(stack);
  return [
    `${stack.stackName}\n${shown.map(([name, lines]) => lines.map((line, i) => `  ${(i === 0 ? name : '').padEnd(16)}${wrap(line, 18)}`).join('\n')).join('\n')}`,
    section(title('Bootstrap order'), order(source)),
    ...(clusters.length > 0 ? [section(title('How to get in'), clusters.flatMap(entry => howToGetIn(entry, source)))] : []),
    ...(left.length > 0 ? [section(title('What a destroy leaves behind'), left)] : []),
  ];
}

/** What the teardown of a cluster says of its stack. */
function leftBehind(stack: CloudFormationStackArtifact): string[] {
  return stack.findMetadataByType('eks-slipway:left-behind')
    .flatMap(({ data }) => data as any as { what: string; why: string }[])
    .map(({ what, why }) => `${what}: ${why}`);
}

function stackLine(stack: CloudFormationStackArtifact): string {
  const resources = Object.values<TemplateResource>(stack.template.Resources ?? {});
  const custom = resources.filter(r => r.Type.startsWith('Custom::') || r.Type === 'AWS::CloudFormation::CustomResource').length;
  const size = Math.ceil(JSON.stringify(stack.template).length / 1024);
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const lambdas = resources.filter(r => r.Type === 'AWS::Lambda::Function').length;
  const first = stack.dependencies.filter(CloudFormationStackArtifact.isCloudFormationStackArtifact).map(other => other.stackName);
  return `${stack.stackName.padEnd(16)}${count(resources.length, 'resource')} (${count(custom, 'custom resource')}, ${count(lambdas, 'Lambda function')}), ${size} KB`
    + (first.length > 0 ? `, after ${first.join(', ')}` : '');
}

function network(of: (...types: string[]) => Entry[]): string[] {
  return of('AWS::EC2::VPC').map(([, { Properties: p }]) => {
    const nats = of('AWS::EC2::NatGateway').length;
    return `VPC ${text(p!.CidrBlock)}, ${of('AWS::EC2::Subnet').length} subnets, ${nats} NAT gateway${nats === 1 ? '' : 's'}`
      + (of('AWS::EC2::FlowLog').length > 0 ? ', flow logs' : '');
  });
}

function controlPlane({ Properties: p }: TemplateResource): string {
  const vpc = p!.ResourcesVpcConfig ?? {};
  const endpoint = [vpc.EndpointPrivateAccess && 'private', vpc.EndpointPublicAccess && `public from ${(vpc.PublicAccessCidrs ?? ['anywhere']).map(text).join(', ')}`]
    .filter(Boolean).join(' and ');
  const logs = (p!.Logging?.ClusterLogging?.EnabledTypes ?? []).map((log: any) => log.Type).join(', ');
  return `${text(p!.Name ?? 'a cluster')}, Kubernetes ${text(p!.Version ?? 'EKS default')}, endpoint ${endpoint || 'public'}`
    + (p!.ComputeConfig?.Enabled ? ', Auto Mode' : '') + (logs ? `, logs: ${logs}` : ', no control plane logs');
}

function nodeGroup(entry: Entry, source: Source): string {
  const { Properties: p } = entry[1];
  const { MinSize: min, MaxSize: max, DesiredSize: desired } = p!.ScalingConfig ?? {};
  return `${label(entry, source)}: ${(p!.InstanceTypes ?? []).map(text).join(', ') || 'EKS default type'}, ${text(p!.AmiType ?? 'EKS default AMI')}, ${p!.CapacityType ?? 'ON_DEMAND'}, `
    + `${min ?? 1} to ${max ?? 2} nodes${desired === undefined ? '' : ` (${desired} at first)`}`;
}

function fargate(entry: Entry, source: Source): string {
  return `${label(entry, source)}: Fargate, pods of ${(entry[1].Properties!.Selectors ?? []).map((s: any) => text(s.Namespace)).join(', ')}`;
}

function access(entries: Entry[], source: Source): string[] {
  return entries.map(([, { Properties: p }]) => {
    const policies = (p!.AccessPolicies ?? []).map((policy: any) => `${text(policy.PolicyArn).split('/').pop()} (${policy.AccessScope?.Namespaces?.join(', ') ?? 'cluster'})`);
    const groups = (p!.KubernetesGroups ?? []).map((group: string) => `group ${group}`);
    return `${principal(p!.PrincipalArn, source)}: ${[...policies, ...groups].join(', ') || p!.Type || 'STANDARD'}`;
  });
}

function addonText({ Properties: p }: TemplateResource): string {
  return `${text(p!.AddonName)}${p!.AddonVersion ? ` ${text(p!.AddonVersion)}` : ''}`;
}

function podIdentities(of: (...types: string[]) => Entry[]): string {
  return [
    ...of('AWS::EKS::PodIdentityAssociation').map(([, { Properties: p }]) => `${p!.Namespace}/${p!.ServiceAccount}`),
    ...of('AWS::EKS::Addon').flatMap(([, { Properties: p }]) => (p!.PodIdentityAssociations ?? []).map((a: any) => `${a.ServiceAccount} (${p!.AddonName})`)),
  ].join(', ');
}

function deliveryFunctions({ template, paths }: Source): Entry[] {
  return Object.entries(template.Resources ?? {}).filter(([id, { Type: type }]) => type === 'AWS::Lambda::Function' && /(^|\/)Delivery\/Handler$/.test(paths.get(id) ?? ''));
}

function delivery({ Properties: p }: TemplateResource): string {
  return `one Lambda function${p!.VpcConfig ? ' in the VPC' : ''} applies charts server-side${p!.Layers ? ' and runs helm' : ''}`;
}

function helm({ Properties: p }: TemplateResource): string {
  return `${text(p!.Release)}: ${text(p!.Chart ?? 'own chart')}${p!.Version ? ` ${text(p!.Version)}` : ''} in namespace ${text(p!.Namespace)}`;
}

/** The kinds in a chart, counted. */
function objects({ Properties: p }: TemplateResource, directory: string): string {
  const { Parts: inline, Key: key } = p!.Content ?? {};
  let json: string;
  if (key && existsSync(join(directory, `asset.${key}`))) {
    json = JSON.parse(readFileSync(join(directory, `asset.${key}`), 'utf8')).join('0');
  } else {
    json = inline ? inline.join('0') : text(p!.Manifest);
  }
  const kinds = new Map<string, number>();
  try {
    for (const object of JSON.parse(json)) {
      kinds.set(object.kind, (kinds.get(object.kind) ?? 0) + 1);
    }
  } catch {
    return 'objects known at deployment only';
  }
  return [...kinds].map(([kind, count]) => count === 1 ? kind : `${count} ${kind}`).join(', ');
}

/** What matters for the order: the control plane, what runs on it, and what is delivered to it. */
function order(source: Source): string[] {
  const resources = source.template.Resources ?? {};
  const names = Object.keys(resources).filter(id => partOf(resources[id].Type));
  return levels(dependencies(source.template), names).map((level, i) => {
    const steps = PARTS.map(([type, part]) => [part, level.filter(id => type.test(resources[id].Type))] as const).filter(([, ids]) => ids.length > 0);
    return `${i + 1}. ${steps.map(([part, ids]) => `${part}: ${ids.map(id => label([id, resources[id]], source)).join(', ')}`).join('; ')}`;
  });
}

function howToGetIn([id, { Properties: p }]: Entry, source: Source): string[] {
  const admins = Object.values(source.template.Resources ?? {})
    .filter(resource => resource.Type === 'AWS::EKS::AccessEntry' && JSON.stringify(resource.Properties!.ClusterName) === JSON.stringify({ Ref: id }))
    .filter(resource => JSON.stringify(resource.Properties!.AccessPolicies ?? []).includes('AmazonEKSClusterAdminPolicy'))
    .map(resource => resource.Properties!.PrincipalArn)
    .filter(arn => !isDelivery(arn, source));
  const whence = p!.ResourcesVpcConfig?.EndpointPublicAccess === false ? ['the endpoint is private: from within the VPC, a peered network or a VPN'] : [];
  if (admins.length === 0) {
    return ['nobody but the delivery function is an administrator: give PlatformCluster "admins", or make an access entry for a role', ...whence];
  }
  const arn = (value: any) => roleId(value) ? `<ARN of ${principal(value, source)}>` : text(value);
  return [...admins.map(admin => `aws eks update-kubeconfig --name ${text(p!.Name ?? id)} --role-arn ${arn(admin)}`), ...whence];
}

function isDelivery(arn: any, source: Source): boolean {
  return deliveryFunctions(source).some(([, { Properties: p }]) => JSON.stringify(p!.Role) === JSON.stringify(arn));
}

/** Logical id of a role in the same template. */
function roleId(arn: any): string | undefined {
  return arn?.['Fn::GetAtt']?.[0];
}

function principal(arn: any, source: Source): string {
  if (isDelivery(arn, source)) {
    return 'the delivery function';
  }
  const id = roleId(arn);
  return id ? `role ${text(source.template.Resources?.[id]?.Properties?.RoleName ?? source.paths.get(id) ?? id)}` : text(arn);
}

function warnings(stacks: CloudFormationStackArtifact[]): string[] {
  const lines = stacks.flatMap(stack => stack.messages.filter(message => message.level !== 'info').map(message => `${message.id}: ${message.entry.data}`));
  return [...new Set(lines)];
}

/** The construct's path below its stack, by logical id. */
function constructPaths(stack: CloudFormationStackArtifact): Map<string, string> {
  return new Map(stack.findMetadataByType('aws:cdk:logicalId').map(({ data, path }) => {
    const parts = path.split('/').filter(part => part !== '' && !['Resource', 'Default'].includes(part));
    return [String(data), parts.slice(1).join('/')];
  }));
}

/** What a part is called: as its user called it, as far as it can be told. */
function label([id, { Type: type, Properties: p }]: Entry, { paths }: Source): string {
  const given = { 'control plane': p?.Name, 'add-ons': p?.AddonName, 'helm releases': p?.Release, 'nodes': p?.NodegroupName ?? p?.FargateProfileName }[partOf(type) ?? ''];
  return given ? text(given) : (paths.get(id) || id).replace(/^.*\/(?:managed-node-group-|Nodegroup|fargate-profile-|attached-chart-|manifest-)([^/]+)$/, '$1');
}

/** A property as a person reads it; references in angle brackets. */
function text(value: any): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.map(text).join(', ');
  }
  const [[key, operand] = ['', '']] = Object.entries<any>(value);
  switch (key) {
    case 'Ref': return `<${operand === 'AWS::AccountId' ? 'account' : String(operand).replace(/^AWS::.*/, pseudo => pseudo.slice(5).toLowerCase())}>`;
    case 'Fn::GetAtt': return `<${[operand].flat().join('.')}>`;
    case 'Fn::Join': return operand[1].map(text).join(operand[0]);
    default: return `<${key}>`;
  }
}

function section(title: string, lines: string[], empty = ''): string {
  const body = lines.length > 0 ? lines : [empty];
  return `${title}\n${body.map(line => `  ${wrap(line, 4)}`).join('\n')}`;
}

/** Breaks a line between words; what follows the first is indented. */
function wrap(line: string, indent: number): string {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= WIDTH - indent) {
      lines[last] += ` ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
