import { Properties } from '../engine/provider';
import { Schema } from '../engine/schema';
import { Template, TemplateResource } from '../engine/template';

/** Deletion protection off: with it on, a failed first create cannot roll back, and nothing can be deleted. */
export function unprotected(template: Template): Template {
  return mapped(template, (_, { Type, Properties: properties }) => Type === 'AWS::EKS::Cluster' ? { ...properties, DeletionProtection: false } : properties);
}

/** What can be changed of types that take no tags. What is not named here and takes none has nothing that could change but what it joins. */
const SETTINGS: { [type: string]: (properties: Properties) => Properties } = {
  'Custom::EKSSlipway-HelmRelease': () => ({ Revision: 'changed' }),
  'Custom::EKSSlipway-Drain': () => ({ Timeout: '2400' }),
  'Custom::EKSSlipway-Sweep': () => ({ Timeout: '2400' }),
  'AWS::EC2::LaunchTemplate': () => ({ VersionDescription: 'changed' }),
  'AWS::EC2::SecurityGroupIngress': ({ Description = '' }) => ({ Description: `${Description} changed` }),
  'AWS::IAM::Policy': withStatement,
  'AWS::SQS::QueuePolicy': withStatement,
};

/** As a deployment of the next day may be: a tag on everything, another value for each Helm release, one object more in each chart, another setting elsewhere. */
export function changed(template: Template, schema: Schema): Template {
  return mapped(template, (id, { Type, Properties: properties = {} }) => {
    const { Content } = properties;
    if (Type === 'Custom::EKSSlipway-HelmRelease' && Content?.Parts) {
      return withContent(properties, /^\{/, '{"rehearsal":"changed",');
    }
    if (Type === 'Custom::EKSSlipway-Chart' && Content?.Parts) {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `rehearsal-${id.toLowerCase()}`, namespace: 'default' }, data: { added: 'yes' } };
      return withContent(properties, /^\[/, `[${JSON.stringify(object)},`);
    }
    const tags = Type.startsWith('AWS::') ? schema.tags(Type) : undefined;
    if (tags === 'list') { return { ...properties, Tags: [...properties.Tags ?? [], { Key: 'rehearsal', Value: 'changed' }] }; }
    if (tags === 'map') { return { ...properties, Tags: { ...properties.Tags, rehearsal: 'changed' } }; }
    return { ...properties, ...SETTINGS[Type]?.(properties) };
  });
}

/** And with other code for the layer, which is made anew then: another one stands there for good. */
export function madeAnew(template: Template, schema: Schema): Template {
  return mapped(changed(template, schema), (_, { Type, Properties: properties = {} }) =>
    Type === 'AWS::Lambda::LayerVersion' ? { ...properties, Description: `${properties.Description ?? ''} changed` } : properties);
}

function withStatement({ PolicyDocument: document }: Properties): Properties {
  return { PolicyDocument: { ...document, Statement: [...document.Statement, { Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: '*' }] } };
}

/** The same platform, one Kubernetes minor version before, and add-ons of that time. */
export function oneVersionBefore(template: Template): Template {
  return mapped(template, (_, { Type, Properties: properties = {} }) => {
    if (['AWS::EKS::Cluster', 'AWS::EKS::Nodegroup'].includes(Type) && properties.Version) {
      const [major, minor] = String(properties.Version).split('.');
      return { ...properties, Version: `${major}.${Number(minor) - 1}` };
    }
    return Type === 'AWS::EKS::Addon' ? { ...properties, AddonVersion: 'v0.0.1-eksbuild.1' } : properties;
  });
}

function withContent(properties: Properties, start: RegExp, text: string): Properties {
  const [first, ...rest] = properties.Content.Parts;
  return { ...properties, Content: { ...properties.Content, Parts: [first.replace(start, text), ...rest] } };
}

function mapped(template: Template, change: (id: string, resource: TemplateResource) => Properties | undefined): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, { ...resource, Properties: change(id, resource) }]);
  return { ...template, Resources: Object.fromEntries(resources) };
}
