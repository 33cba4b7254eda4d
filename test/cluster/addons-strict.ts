import { setTimeout as sleep } from 'timers/promises';
import { ControlPlane } from '../../rig/control-plane/control-plane';

/** Gives objects to an API server as strictly as it can take them: an unknown or doubled field is a refusal. */
export class Strict {
  private readonly resources = new Map<string, { name: string; namespaced: boolean }>();

  constructor(private readonly plane: ControlPlane) {}

  /** Applies definitions and waits until objects of theirs can be made. One that another has brought already is left as it is. */
  async define(definitions: any[]): Promise<void> {
    const made: any[] = [];
    for (const definition of definitions) {
      const refusal = await this.refusal(definition, { keep: true });
      if (refusal && !refusal.includes('already exists')) { throw new Error(`${definition.metadata.name}: ${refusal}`); }
      if (!refusal) { made.push(definition); }
    }
    for (const { metadata: { name } } of made) {
      for (let attempt = 0; attempt < 120 && !await this.isEstablished(name); attempt++) { await sleep(250); }
    }
    this.resources.clear();
  }

  /** Makes namespaces that are not there. */
  async makeNamespaces(names: string[]): Promise<void> {
    for (const name of new Set(names)) {
      await this.plane.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
  }

  /** Why the API server refuses to make an object, if it does. Nothing of it is kept unless that is asked for. */
  async refusal(object: any, { namespace = 'default', keep = false } = {}): Promise<string | undefined> {
    const path = await this.collection(object, namespace);
    for (let attempt = 1; ; attempt++) {
      const { status, body } = await this.plane.request('POST', `${path}?fieldValidation=Strict${keep ? '' : '&dryRun=All'}`, object);
      if (status === 201) { return undefined; }
      // A kind that is brand new takes a moment.
      if (status !== 404 || body.details?.kind === 'namespaces' || attempt === 20) { return `${status} ${body.message ?? body}`; }
      await sleep(500);
    }
  }

  private async isEstablished(name: string): Promise<boolean> {
    const { body } = await this.plane.request('GET', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
    return (body.status?.conditions ?? []).some(({ type, status }: any) => type === 'Established' && status === 'True');
  }

  private async collection({ apiVersion, kind, metadata }: any, namespace: string): Promise<string> {
    const api = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
    for (let attempt = 0; !this.resources.has(`${api} ${kind}`) && attempt < 20; attempt++) {
      const { body } = await this.plane.request('GET', api);
      for (const { name, kind: found, namespaced } of (body.resources ?? []).filter((resource: any) => !resource.name.includes('/'))) {
        this.resources.set(`${api} ${found}`, { name, namespaced });
      }
      if (!this.resources.has(`${api} ${kind}`)) { await sleep(250); }
    }
    const resource = this.resources.get(`${api} ${kind}`);
    if (!resource) { throw new Error(`the API server has no ${kind} of ${apiVersion}`); }
    return `${api}${resource.namespaced ? `/namespaces/${metadata.namespace ?? namespace}` : ''}/${resource.name}`;
  }
}
