import { setTimeout as sleep } from 'timers/promises';
import { ControlPlane } from '../../rig/control-plane/control-plane';

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Kinds whose objects come and go by themselves. */
const VOLATILE = ['Event', 'Lease'];

/** A cluster seen by somebody who does not know the delivery function. */
export class Cluster {
  constructor(private readonly plane: ControlPlane) {}

  /** The object of this kind, namespace and name, as it is now. */
  async get(object: any): Promise<any> {
    const { status, body } = await this.plane.request('GET', `${await this.collection(object)}/${object.metadata.name}`);
    return status === 200 ? body : undefined;
  }

  /** Creates an object as strictly as the API server can. */
  async create(object: any, query: Record<string, string> = {}): Promise<any> {
    const { status, body } = await this.plane.request('POST', `${await this.collection(object)}?${new URLSearchParams({ fieldValidation: 'Strict', ...query })}`, object);
    if (status !== 201) {
      throw new Error(`${object.kind} ${object.metadata.name} is not accepted: ${status} ${body.message}`);
    }
    return body;
  }

  /** Installs definitions and waits until their kinds are served. */
  async define(definitions: any[]): Promise<void> {
    for (const definition of definitions) {
      await this.create(definition);
    }
    for (const { spec: { group, names, versions } } of definitions) {
      const path = `/apis/${group}/${versions[0].name}/${names.plural}`;
      for (let i = 0; i < 100 && (await this.plane.request('GET', path)).status !== 200; i++) {
        await sleep(200);
      }
    }
  }

  async isNamespaced(object: any): Promise<boolean> {
    return (await this.kindOf(object)).namespaced;
  }

  /** Every object there is, but for those that come and go by themselves, each as `kind namespace/name`. */
  async everything(): Promise<Map<string, any>> {
    const { body } = await this.plane.request('GET', '/apis');
    const apiVersions = ['v1', ...body.groups.map((group: any) => group.preferredVersion.groupVersion)];
    const kinds = (await Promise.all(apiVersions.map(apiVersion => this.kinds(apiVersion)))).flat();
    const objects = new Map<string, any>();
    for (const kind of kinds.filter(({ kind: name }) => !VOLATILE.includes(name))) {
      const list = await this.plane.request('GET', `${root(kind.apiVersion)}/${kind.plural}`);
      for (const object of list.body.items ?? []) {
        objects.set(`${kind.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object);
      }
    }
    return objects;
  }

  private async collection(object: any): Promise<string> {
    const { plural, namespaced } = await this.kindOf(object);
    return `${root(object.apiVersion)}${namespaced ? `/namespaces/${object.metadata.namespace ?? 'default'}` : ''}/${plural}`;
  }

  private async kindOf({ apiVersion, kind }: any): Promise<Kind> {
    const found = (await this.kinds(apiVersion)).find(candidate => candidate.kind === kind);
    if (!found) {
      throw new Error(`the cluster knows no ${kind} of ${apiVersion}`);
    }
    return found;
  }

  private async kinds(apiVersion: string): Promise<Kind[]> {
    const { body } = await this.plane.request('GET', root(apiVersion));
    return (body.resources ?? [])
      .filter((resource: any) => !resource.name.includes('/') && ['list', 'create', 'delete'].every(verb => resource.verbs.includes(verb)))
      .map((resource: any) => ({ apiVersion, kind: resource.kind, plural: resource.name, namespaced: resource.namespaced }));
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
