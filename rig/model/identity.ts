import { createHash } from 'crypto';
import { Environment } from '../engine/environment';
import { Properties, ResourceRequest } from '../engine/provider';
import { Schema } from '../engine/schema';

/** Types whose `Ref` is not what their schema calls the primary identifier, by the properties it is made of. */
const REFS: { [type: string]: { readonly properties: string[]; readonly separator: string } } = {
  'AWS::EKS::Nodegroup': { properties: ['ClusterName', 'NodegroupName'], separator: '/' },
  'AWS::EKS::AccessEntry': { properties: ['PrincipalArn', 'ClusterName'], separator: '|' },
  'AWS::EKS::Addon': { properties: ['ClusterName', 'AddonName'], separator: '|' },
  'AWS::EKS::FargateProfile': { properties: ['ClusterName', 'FargateProfileName'], separator: '|' },
  'AWS::Events::Rule': { properties: ['Name'], separator: '' },
  'AWS::EC2::VPCGatewayAttachment': { properties: ['VpcId'], separator: '' },
  'AWS::EC2::Route': { properties: ['RouteTableId', 'DestinationCidrBlock', 'DestinationIpv6CidrBlock'], separator: '|' },
  'AWS::EC2::EIP': { properties: ['PublicIp'], separator: '' },
};

const PREFIXES: { [type: string]: string } = {
  'AWS::EC2::Subnet': 'subnet', 'AWS::EC2::SecurityGroup': 'sg', 'AWS::EC2::RouteTable': 'rtb', 'AWS::EC2::InternetGateway': 'igw', 'AWS::EC2::NatGateway': 'nat',
  'AWS::EC2::LaunchTemplate': 'lt', 'AWS::EC2::VPCEndpoint': 'vpce', 'AWS::EC2::FlowLog': 'fl', 'AWS::EC2::Instance': 'i', 'AWS::EC2::NetworkInterface': 'eni',
};

/** Names, ids and attributes as AWS gives them, the same in every run. */
export class Identity {
  private readonly made = new Map<string, number>();

  constructor(private readonly schema: Schema, private readonly environment: Environment) {}

  /** Returns how to forget which names were given from now on. */
  save(): () => void {
    const made = new Map(this.made);
    return () => {
      this.made.clear();
      made.forEach((count, key) => this.made.set(key, count));
    };
  }

  /** The physical id of a new resource; one that replaces another has another one. */
  physicalId(request: ResourceRequest): string {
    const { type, properties, stackName, logicalId } = request;
    const ref = REFS[type];
    const parts = ref?.properties ?? this.schema.primaryIdentifier(type);
    const given = parts.map(name => properties[name]);
    const count = this.made.get(`${request.stackId} ${logicalId}`) ?? 0;
    if (given.every(Boolean) || (ref && given.some(Boolean) && parts.length > 2)) {
      return given.filter(Boolean).join(ref?.separator ?? '|');
    }
    this.made.set(`${request.stackId} ${logicalId}`, count + 1);
    const digest = hash(`${stackName} ${logicalId} ${count}`);
    const generated = (name: string) => {
      const text = `${stackName}-${logicalId}`.slice(0, 47);
      if (name === 'PublicIp') { return `203.0.113.${parseInt(digest.slice(0, 2), 16)}`; }
      if (name === 'QueueUrl') { return `https://sqs.${this.environment.region}.${this.environment.urlSuffix}/${this.environment.account}/${text}-${digest.slice(0, 12)}`; }
      if (name.endsWith('Arn')) { return this.arn(type, `${text}-${digest.slice(0, 12)}`); }
      if (/Id$/.test(name) && type.startsWith('AWS::EC2::')) { return `${PREFIXES[type] ?? type.split('::')[2].toLowerCase()}-${digest.slice(0, 17)}`; }
      return `${text}-${digest.slice(0, 12).toUpperCase()}`;
    };
    return parts.map((name, i) => given[i] ?? generated(name)).join(ref?.separator ?? '|');
  }

  /** What `Fn::GetAtt` answers for a resource. */
  attributes(type: string, physicalId: string, properties: Properties): { [name: string]: unknown } {
    const parts = (REFS[type]?.properties ?? this.schema.primaryIdentifier(type));
    const values = physicalId.split('|');
    const entries = Object.entries(this.schema.attributes(type)).map(([name, kind]) => {
      if (properties[name] !== undefined) { return [name, properties[name]]; }
      if (parts.length === 1 && parts[0] === name) { return [name, physicalId]; }
      if (parts.includes(name) && values.length === parts.length) { return [name, values[parts.indexOf(name)]]; }
      if (kind === 'list') { return [name, []]; }
      if (name === 'Arn' || name.endsWith('Arn')) { return [name, physicalId.startsWith('arn:') ? physicalId : this.arn(type, physicalId.split('/').at(-1)!)]; }
      if (name === `${type.split('::')[2]}Name`) { return [name, physicalId.split('/').at(-1)]; }
      if (/Id$/.test(name)) { return [name, type === 'AWS::EC2::SecurityGroup' && name === 'GroupId' ? physicalId : `${name.toLowerCase()}-${hash(physicalId + name).slice(0, 12)}`]; }
      if (/(Version|VersionNumber)$/.test(name)) { return [name, '1']; }
      return [name, `${name} of ${physicalId}`];
    });
    return Object.fromEntries(entries);
  }

  arn(type: string, name: string): string {
    const { partition, region, account } = this.environment;
    const [, service, kind] = type.toLowerCase().split('::');
    if (service === 'iam') { return `arn:${partition}:iam::${account}:${kind.replace('managedpolicy', 'policy').replace('instanceprofile', 'instance-profile').replace('oidcprovider', 'oidc-provider')}/${name}`; }
    if (service === 'sqs') { return `arn:${partition}:sqs:${region}:${account}:${name}`; }
    if (service === 'lambda') { return `arn:${partition}:lambda:${region}:${account}:${kind === 'function' ? 'function' : 'layer'}:${name}${kind === 'function' ? '' : ':1'}`; }
    if (service === 'logs') { return `arn:${partition}:logs:${region}:${account}:log-group:${name}:*`; }
    return `arn:${partition}:${service}:${region}:${account}:${kind}/${name}`;
  }
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The access key that a role's temporary credentials have here. */
export function credentialsOf(roleArn: string): { accessKeyId: string; secretAccessKey: string } {
  return { accessKeyId: `ASIA${hash(roleArn).slice(0, 16).toUpperCase()}`, secretAccessKey: hash(`${roleArn} secret`).slice(0, 40) };
}
