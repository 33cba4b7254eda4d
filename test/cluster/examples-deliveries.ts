import { resolveIntrinsics } from './examples-stand-ins';
import { SynthesizedStack } from './examples-synth';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { dependencies, levels, TemplateResource } from '../../src/private/template-graph';

/** One custom resource of an app that goes to the delivery function. */
export interface Delivery {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** As the function gets them, but for scalars, which it gets as text. */
  readonly properties: Record<string, any>;
  /** The objects, of a chart or a manifest. */
  readonly objects: any[];
}

/** Drain and sweep deliver nothing, and ask AWS: teardown.test.ts and the rehearsal have them. */
const TYPES: string[] = Object.values(RESOURCE_TYPES).filter(type => type !== RESOURCE_TYPES.DRAIN && type !== RESOURCE_TYPES.SWEEP);
const HELM: string[] = [RESOURCE_TYPES.HELM_RELEASE, RESOURCE_TYPES.CDK_HELM];

/** All that an app delivers, in an order in which CloudFormation may create it. */
export function deliveriesOf(app: SynthesizedStack[]): Delivery[] {
  const files = assetsOf(app);
  return app.flatMap(stack => {
    const custom = Object.entries(stack.template.Resources ?? {}).filter(([, { Type: type }]) => TYPES.includes(type));
    const order = levels(dependencies(stack.template), custom.map(([id]) => id)).flat();
    return order.map(id => delivery(id, stack.template.Resources![id], stack, app, files));
  });
}

/** The files that deliveries name, by their path in the buckets. */
export function assetsOf(app: SynthesizedStack[]): Map<string, string> {
  return new Map(app.flatMap(stack => stack.files.map(({ bucket, key, text }) =>
    [`/${resolveIntrinsics({ 'Fn::Sub': bucket }, stack, app)}/${key}`, text])));
}

export function isHelm({ type }: Delivery): boolean {
  return HELM.includes(type);
}

/** The same custom resource with other objects. */
export function withObjects({ type, properties }: Delivery, objects: object[]): Record<string, any> {
  const json = JSON.stringify(objects);
  return type === RESOURCE_TYPES.CHART ? { ...properties, Content: { Parts: [json] } } : { ...properties, Manifest: json };
}

/** The text that stands in a custom resource; its values are put in without escaping, as no stand-in needs it. */
export function contentOf(content: any, files: Map<string, string>): string {
  const parts: string[] = content.Parts ?? JSON.parse(files.get(`/${content.Bucket}/${content.Key}`)!);
  const values: string[] = content.Values ?? [];
  if (parts.length !== values.length + 1) {
    throw new Error(`${parts.length} parts do not go with ${values.length} values`);
  }
  return parts.map((part, i) => part + (values[i] ?? '')).join('');
}

function delivery(
  logicalId: string, resource: TemplateResource, stack: SynthesizedStack, app: SynthesizedStack[], files: Map<string, string>,
): Delivery {
  const properties = resolveIntrinsics(resource.Properties, stack, app);
  let objects: any[] = [];
  if (resource.Type === RESOURCE_TYPES.CHART) {
    objects = JSON.parse(contentOf(properties.Content, files));
  } else if (resource.Type === RESOURCE_TYPES.CDK_MANIFEST) {
    objects = JSON.parse(properties.Manifest);
  }
  return { stack: stack.name, logicalId, type: resource.Type, properties, objects };
}
