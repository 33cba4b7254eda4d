import { Properties } from '../engine/provider';
import { Template } from '../engine/template';

/** Something that users do to an app, as it shows in a template. */
export interface UserChange {
  readonly name: string;
  readonly template: Template;
  /** Whether objects go and come again: they are others then. */
  readonly makesAnew: boolean;
}

const CHART = 'Custom::EKSSlipway-Chart';
const RELEASE = 'Custom::EKSSlipway-HelmRelease';
/** Kinds of which an object may stand in any chart. */
const MOVABLE = ['ConfigMap', 'ServiceAccount', 'PodDisruptionBudget', 'LimitRange', 'ResourceQuota', 'Service'];

/** Each change by itself; only those for which the template has something. */
export function userChanges(template: Template): UserChange[] {
  const charts = Object.entries(template.Resources).filter(([, { Type, Properties: p }]) => Type === CHART && objectsOf(p!))
    .map(([id, { Properties: p }]) => ({ id, properties: p!, objects: objectsOf(p!)! }));
  const releases = Object.entries(template.Resources).filter(([, { Type }]) => Type === RELEASE);
  const changes: UserChange[] = [];
  const add = (name: string, makesAnew: boolean, resources: { [id: string]: Properties }) => {
    if (Object.keys(resources).length > 0) { changes.push({ name, makesAnew, template: withProperties(template, resources) }); }
  };

  add('another value for every release', false, Object.fromEntries(releases.filter(([, { Properties: p }]) => p!.Content?.Parts).map(([id, { Properties: p }]) =>
    [id, { ...p, Content: { ...p!.Content, Parts: p!.Content.Parts.map((part: string, i: number) => i === 0 ? part.replace(/^\{/, '{"rehearsal":"changed",') : part) } }])));
  add('another label on the last object of every chart', false, Object.fromEntries(charts.map(({ id, properties, objects }) =>
    [id, withObjects(properties, [...objects.slice(0, -1), labelled(objects.at(-1))])])));
  add('an object more in every chart', false, Object.fromEntries(charts.map(({ id, properties, objects }) =>
    [id, withObjects(properties, [...objects, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `rehearsal-${id.toLowerCase()}`, namespace: 'default' } }])])));

  const source = charts.find(({ objects }) => objects.some(isMovable));
  const moved = source?.objects.find(isMovable);
  if (source) {
    const rest = withObjects(source.properties, source.objects.filter(object => object !== moved));
    add(`without ${moved.kind} ${moved.metadata.name}`, true, { [source.id]: rest });
    const target = charts.find(({ id }) => id !== source.id);
    if (target) {
      // There or back again, the chart that has it comes before the one that gets it: it lets go of it.
      add(`${moved.kind} ${moved.metadata.name} in another chart`, true, {
        [source.id]: rest, [target.id]: withObjects(target.properties, [...target.objects, moved]),
      });
    }
  }
  add('what has a namespace of its own in another one', true, Object.fromEntries(charts.flatMap(({ id, properties, objects }) => {
    const namespace = objects.find(({ kind }) => kind === 'Namespace')?.metadata.name;
    return namespace ? [[id, withObjects(properties, objects.map(object => inNamespace(object, namespace, `${namespace}-moved`)))]] : [];
  })));

  const delivered = [...charts.map(({ id }) => id), ...releases.map(([id]) => id)];
  if (delivered.length > 0) {
    const text = delivered.reduce((json, id) => json.replaceAll(`"${id}"`, `"${id}Renamed"`), JSON.stringify(template));
    changes.push({ name: 'another id for every chart and release', makesAnew: false, template: JSON.parse(text) });
  }
  return changes;
}

/** Where a value of the deployment stands in the text. */
const mark = (i: number) => `@@value ${i}@@`;

function objectsOf({ Content }: Properties): any[] | undefined {
  if (!Content?.Parts) { return undefined; }
  try {
    return JSON.parse(Content.Parts.map((part: string, i: number) => i === 0 ? part : mark(i - 1) + part).join(''));
  } catch {
    // A value that is not in a string.
    return undefined;
  }
}

function withObjects(properties: Properties, objects: any[]): Properties {
  const [first, ...rest] = JSON.stringify(objects).split('@@value ');
  const { Values, ...others } = properties.Content;
  const values = rest.map(part => Values[parseInt(part, 10)]);
  const parts = [first, ...rest.map(part => part.slice(part.indexOf('@@') + 2))];
  return { ...properties, Content: { ...others, Parts: parts, ...values.length > 0 ? { Values: values } : {} } };
}

function isMovable(object: any): boolean {
  return MOVABLE.includes(object.kind) && !JSON.stringify(object).includes('@@value');
}

function labelled(object: any): any {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, rehearsal: 'changed' } } };
}

/** With what refers to the namespace: subjects of bindings, terms of affinities. */
function inNamespace(object: any, from: string, to: string): any {
  const { metadata, ...rest } = JSON.parse(JSON.stringify(object), (key, value) =>
    key === 'namespace' && value === from ? to : key === 'namespaces' && Array.isArray(value) ? value.map(item => item === from ? to : item) : value);
  return { ...rest, metadata: object.kind === 'Namespace' && metadata.name === from ? { ...metadata, name: to } : metadata };
}

function withProperties(template: Template, resources: { [id: string]: Properties }): Template {
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(template.Resources).map(([id, resource]) =>
      [id, id in resources ? { ...resource, Properties: resources[id] } : resource])),
  };
}
