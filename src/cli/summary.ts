import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { dependencies, levels, Template, TemplateResource } from '../private/template-graph';

/** A readable account of a synthesized app. */
export function summarize(directory: string): string {
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new Error(`"${directory}" holds no cloud assembly: run \`cdk synth\` first, or name its output folder`);
  }
  const assembly = new CloudAssembly(directory);
  const stacks = assembly.stacksRecursively;
  return [
    section('Stacks', stacks.map(stack => stackLine(stack))),
    ...stacks.flatMap(stack => describe(stack, directory)),
    section('Warnings', warnings(stacks), 'none'),
  ].join('\n\n');
}

type Entry = [logicalId: string, resource: TemplateResource];

function describe(stack: CloudFormationStackArtifact, directory: string): string[] {
  const template: Template = stack.template;
  const resources = Object.entries(template.Resources ?? {});
  const of = (...types: string[]) => resources.filter(([, resource]) => types.includes(resource.Type));
  const paths = constructPaths(stack);
  const clusters = of('AWS::EKS::Cluster');
  const layers: [string, string[]][] = [
    ['network', network(of)],
    ['control plane', clusters.map(([, cluster]) => controlPlane(cluster))],
    ['nodes', [...of('AWS::EKS::Nodegroup').map(([id, group]) => nodeGroup(name(paths, id), group)), ...of('AWS::EKS::FargateProfile').map(fargate)]],
    ['access', access(of('AWS::EKS::AccessEntry'), template)],
    ['managed add-ons', [of('AWS::EKS::Addon').map(([, addon]) => addonText(addon)).join(', ')].filter(Boolean)],
    ['pod identities', [...of('AWS::EKS::PodIdentityAssociation').map(([, { Properties: p }]) => `${p!.Namespace}/${p!.ServiceAccount}`),
      ...of('AWS::EKS::Addon').flatMap(([, { Properties: p }]) => (p!.PodIdentityAssociations ?? []).map((a: any) => `${a.ServiceAccount} (${p!.AddonName})`))]],
    ['helm releases', resources.filter(([, r]) => /HelmRelease$|EKS-HelmChart$/.test(r.Type)).map(([, release]) => helm(release))],
    ['charts', resources.filter(([, r]) => /EKSSlipway-Chart$|EKS-KubernetesResource$/.test(r.Type))
      .map(([id, chart]) => `${name(paths, id)}: ${objects(chart, directory)}`)],
  ];
  const parts = layers.filter(([, lines]) => lines.length > 0);
  if (clusters.length === 0 && parts.length === 0) {
    return [];
  }
  return [
    `${stack.stackName}\n` + parts.map(([title, lines]) => lines.map((line, i) => `  ${(i === 0 ? title : '').padEnd(16)}${line}`).join('\n')).join('\n'),
    section('Bootstrap order', order(template, paths)),
    ...(clusters.length > 0 ? [section('How to get in', clusters.flatMap(([id, cluster]) => howToGetIn(id, cluster, template)))] : []),
  ];
}

function stackLine(stack: CloudFormationStackArtifact): string {
  const resources = Object.values<TemplateResource>(stack.template.Resources ?? {});
  const custom = resources.filter(r => r.Type.startsWith('Custom::') || r.Type === 'AWS::CloudFormation::CustomResource').length;
  const size = Math.ceil(JSON.stringify(stack.template).length / 1024);
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const lambdas = resources.filter(r => r.Type === 'AWS::Lambda::Function').length;
  return `${stack.stackName.padEnd(16)}${count(resources.length, 'resource')} (${count(custom, 'custom resource')}, ${count(lambdas, 'Lambda function')}), ${size} KB`;
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

function nodeGroup(id: string, { Properties: p }: TemplateResource): string {
  const { MinSize: min, MaxSize: max, DesiredSize: desired } = p!.ScalingConfig ?? {};
  return `${id}: ${(p!.InstanceTypes ?? []).map(text).join(', ') || 'EKS default type'}, ${text(p!.AmiType ?? 'EKS default AMI')}, ${p!.CapacityType ?? 'ON_DEMAND'}, `
    + `${min ?? 1} to ${max ?? 2} nodes${desired === undefined ? '' : ` (${desired} at first)`}`;
}

function fargate([id, { Properties: p }]: Entry): string {
  return `Fargate ${text(p!.FargateProfileName ?? id)}: ${(p!.Selectors ?? []).map((s: any) => text(s.Namespace)).join(', ')}`;
}

function access(entries: Entry[], template: Template): string[] {
  return entries.map(([, { Properties: p }]) => {
    const policies = (p!.AccessPolicies ?? []).map((policy: any) => `${text(policy.PolicyArn).split('/').pop()} (${policy.AccessScope?.Namespaces?.join(', ') ?? 'cluster'})`);
    const groups = (p!.KubernetesGroups ?? []).map((group: string) => `group ${group}`);
    return `${principal(p!.PrincipalArn, template)}: ${[...policies, ...groups].join(', ') || p!.Type || 'STANDARD'}`;
  });
}

function addonText({ Properties: p }: TemplateResource): string {
  return `${text(p!.AddonName)}${p!.AddonVersion ? ` ${text(p!.AddonVersion)}` : ''}`;
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
function order(template: Template, paths: Map<string, string>): string[] {
  const names = Object.entries(template.Resources ?? {})
    .filter(([, { Type: type }]) => /^AWS::EKS::(Cluster|Addon|Nodegroup|FargateProfile|Capability)$|^Custom::(EKSSlipway|AWSCDK-EKS)-/.test(type))
    .map(([id]) => id);
  return levels(dependencies(template), names).map((level, i) => `${i + 1}. ${level.map(id => name(paths, id)).join(', ')}`);
}

function howToGetIn(id: string, { Properties: p }: TemplateResource, template: Template): string[] {
  const roles = Object.values(template.Resources ?? {})
    .filter(resource => resource.Type === 'AWS::EKS::AccessEntry' && JSON.stringify(resource.Properties!.ClusterName) === JSON.stringify({ Ref: id }))
    .filter(resource => JSON.stringify(resource.Properties!.AccessPolicies ?? []).includes('AmazonEKSClusterAdminPolicy'))
    .map(resource => resource.Properties!.PrincipalArn)
    .filter(arn => !isDeliveryRole(arn));
  const update = `aws eks update-kubeconfig --name ${text(p!.Name ?? id)}`;
  const network = p!.ResourcesVpcConfig?.EndpointPublicAccess === false ? ['the endpoint is private: from within the VPC, a peered network or a VPN'] : [];
  if (roles.length === 0) {
    return ['nobody but the delivery function is an administrator: give PlatformCluster "admins", or make an access entry for a role', ...network];
  }
  return [...roles.map(arn => `${update} --role-arn ${principal(arn, template)}`), ...network];
}

function isDeliveryRole(arn: any): boolean {
  return /Delivery(Role)?[0-9A-F]{8}$/.test(arn?.['Fn::GetAtt']?.[0] ?? '');
}

function principal(arn: any, template: Template): string {
  const id = arn?.['Fn::GetAtt']?.[0];
  if (!id) {
    return text(arn);
  }
  return `the role ${template.Resources?.[id]?.Properties?.RoleName ?? id}`;
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

function name(paths: Map<string, string>, id: string): string {
  return paths.get(id) || id;
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
    case 'Ref': return `<${String(operand).replace(/^AWS::/, '').toLowerCase()}>`;
    case 'Fn::GetAtt': return `<${[operand].flat().join('.')}>`;
    case 'Fn::Join': return operand[1].map(text).join(operand[0]);
    default: return `<${key}>`;
  }
}

function section(title: string, lines: string[], empty?: string): string {
  const body = lines.length > 0 ? lines : [empty ?? ''];
  return `${title}\n${body.map(line => `  ${line}`).join('\n')}`;
}
