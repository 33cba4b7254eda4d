import { migratedMetadata, NODE_CLASS, REPLACE_ME, tellUnknown, withoutUndefined } from './common';
import { GlobalSettings } from './global-settings';
import { images } from './images';
import { instanceTags } from './instance-tags';
import { metadataOptionsOfV1alpha1 } from './metadata-options';
import { Notes } from './migration-note';

const KNOWN = ['amiFamily', 'amiSelector', 'apiVersion', 'blockDeviceMappings', 'context', 'detailedMonitoring', 'instanceProfile', 'kind', 'launchTemplate', 'launchTemplateName',
  'metadataOptions', 'securityGroupSelector', 'subnetSelector', 'tags', 'userData'];

/** What a node class gets where the old one names nothing. */
export interface NodeIdentity {
  readonly nodeRole?: string;
  readonly instanceProfile?: string;
}

/** An AWSNodeTemplate of v1alpha1, or a Provisioner's own `provider`, as an EC2NodeClass of v1. */
export function fromNodeTemplate(metadata: any, spec: any, identity: NodeIdentity, settings: GlobalSettings, notes: Notes): any {
  tellUnknown(spec, KNOWN, 'spec', notes);
  const launchTemplate = spec.launchTemplate ?? spec.launchTemplateName;
  if (launchTemplate !== undefined) {
    notes.dropped('spec.launchTemplate', `"${launchTemplate}": Karpenter makes its launch templates itself`);
    notes.decide('spec.launchTemplate', 'write what the launch template says (image, user data, security groups, volumes, instance profile) into the node class');
  }
  if (spec.amiFamily === undefined) {
    notes.changed('spec.amiFamily', 'is absent, which was AL2');
  }
  return {
    ...NODE_CLASS,
    metadata: migratedMetadata(metadata),
    spec: withoutUndefined({
      ...images(spec.amiFamily ?? 'AL2', spec.amiSelector && imageTerms(spec.amiSelector, notes), notes),
      subnetSelectorTerms: terms('subnetSelector', spec.subnetSelector, notes),
      securityGroupSelectorTerms: terms('securityGroupSelector', spec.securityGroupSelector, notes),
      ...nodeIdentity(spec, identity, settings, notes),
      blockDeviceMappings: spec.blockDeviceMappings,
      metadataOptions: metadataOptionsOfV1alpha1(spec.metadataOptions, notes),
      userData: spec.userData,
      context: spec.context,
      detailedMonitoring: spec.detailedMonitoring,
      tags: instanceTags({ ...settings.tags, ...spec.tags }, notes),
    }),
  };
}

function nodeIdentity(spec: any, given: NodeIdentity, settings: GlobalSettings, notes: Notes): any {
  if (spec.instanceProfile !== undefined) {
    return { instanceProfile: spec.instanceProfile };
  }
  const instanceProfile = given.instanceProfile ?? (given.nodeRole === undefined ? settings.defaultInstanceProfile : undefined);
  if (instanceProfile !== undefined) {
    notes.changed('spec.instanceProfile', `is absent, which was the default instance profile of the settings: "${instanceProfile}" is written out`);
    return { instanceProfile };
  }
  if (given.nodeRole !== undefined) {
    notes.changed('spec.instanceProfile', `is absent: the role "${given.nodeRole}", as asked for`);
    return { role: given.nodeRole };
  }
  notes.decide('spec.instanceProfile', `is absent, which was the default instance profile of the settings, and v1 has none: "${REPLACE_ME}" stands for the name of the nodes' role`);
  return { role: REPLACE_ME };
}

const list = (text: string) => String(text).split(',').map(item => item.trim()).filter(item => item !== '');

/** A map of tags as terms: ids stand alone, and every one of several values of a tag has a term. */
function terms(field: string, selector: Record<string, string> | undefined, notes: Notes): any[] {
  if (!selector || Object.keys(selector).length === 0) {
    notes.decide(`spec.${field}`, `is absent (a launch template may have had it): "${REPLACE_ME}" stands for the value of a tag`);
    return [{ tags: { Name: REPLACE_ME } }];
  }
  const isId = (key: string) => key === 'aws-ids' || key === 'aws::ids';
  const ids = Object.keys(selector).filter(isId).flatMap(key => list(selector[key]));
  const tags = Object.entries(selector).filter(([key]) => !isId(key));
  if (ids.length === 0) {
    notes.changed(`spec.${field}`, `is ${field}Terms`);
    return product(tags).map(combination => ({ tags: combination }));
  }
  notes.changed(`spec.${field}`, `is ${field}Terms, one for each id`);
  if (tags.length > 0) {
    notes.dropped(`spec.${field}`, `the tags ${tags.map(([key]) => key).join(', ')}: Karpenter did not look at them beside ids`);
  }
  return ids.map(id => ({ id }));
}

function imageTerms(selector: Record<string, string>, notes: Notes): any[] {
  const of = (...keys: string[]) => keys.flatMap(key => selector[key] === undefined ? [] : list(selector[key]));
  const ids = of('aws-ids', 'aws::ids');
  notes.changed('spec.amiSelector', 'is amiSelectorTerms');
  if (ids.length > 0) {
    return ids.map(id => ({ id }));
  }
  const tags = Object.entries(selector).filter(([key]) => !key.startsWith('aws::') && key !== 'aws-ids');
  if (tags.length > 0) {
    notes.decide('spec.amiSelector', 'Karpenter also read tags of the images that are labels of nodes (instance type, architecture, ...) as what the image is good for. '
      + 'v1 goes by the architecture of an image alone: give other images another class');
  }
  const names: (string | undefined)[] = of('aws::name');
  const owners: (string | undefined)[] = of('aws::owners');
  const orNone = (values: (string | undefined)[]) => values.length > 0 ? values : [undefined];
  return orNone(owners).flatMap(owner => orNone(names).flatMap(name => (tags.length > 0 ? product(tags) : [undefined])
    .map(combination => withoutUndefined({ owner, name, tags: combination }))));
}

/** A tag with several values, `a,b`, was met by each of them. */
function product(tags: [string, string][]): Record<string, string>[] {
  return tags.reduce<Record<string, string>[]>((all, [key, value]) =>
    all.flatMap(one => (list(value).length > 0 ? list(value) : ['*']).map(item => ({ ...one, [key]: item }))), [{}]);
}
