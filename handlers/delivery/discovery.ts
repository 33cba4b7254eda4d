import { KubeError } from './kube-error';

/** How a kind is addressed. */
export class ApiResource {
  constructor(
    readonly group: string,
    readonly version: string,
    readonly kind: string,
    readonly plural: string,
    readonly namespaced: boolean,
    private readonly aliases: string[] = [],
  ) {}

  get apiVersion(): string {
    return this.group ? `${this.group}/${this.version}` : this.version;
  }

  /** Of one object, or of all if no name is given; in all namespaces if no namespace is. */
  path(namespace: string, name?: string): string {
    return [
      this.group ? `/apis/${this.group}/${this.version}` : `/api/${this.version}`,
      ...this.namespaced && namespace ? ['namespaces', encodeURIComponent(namespace)] : [],
      this.plural,
      ...name === undefined ? [] : [encodeURIComponent(name)],
    ].join('/');
  }

  /** Whether kubectl would understand this name of the kind: plural, singular, short or the kind itself. */
  isCalled(name: string): boolean {
    return [this.plural, this.kind.toLowerCase(), ...this.aliases].includes(name.toLowerCase());
  }
}

/** Which kinds the server serves, and where. What it does not know is looked up afresh each time: it may be new. */
export class Discovery {
  static covers(path: string): boolean {
    return /^\/(api|apis|version)($|\?)|^\/api\/v1($|\?)|^\/apis\/[^/]+(\/[^/]+)?($|\?)/.test(path);
  }

  private readonly versions = new Map<string, Promise<ApiResource[]>>();

  constructor(private readonly read: (path: string) => Promise<any>) {}

  /** The kind in exactly this version; undefined if it is not served. */
  async find(group: string, version: string, kind: string): Promise<ApiResource | undefined> {
    const known = async () => (await this.resources(group, version)).find(r => r.kind === kind);
    const found = await known();
    if (found) {
      return found;
    }
    this.versions.delete(`${group}/${version}`);
    return known();
  }

  /** The server serves it no longer, or not yet: it is looked up afresh the next time. */
  forget({ group, version }: ApiResource): void {
    this.versions.delete(`${group}/${version}`);
  }

  /** Whether it was served when the server was last asked. */
  knows({ group, version }: ApiResource): boolean {
    return this.versions.has(`${group}/${version}`);
  }

  /** The kind in any version the server has, preferably this one: objects outlive versions. */
  async findAny(group: string, version: string, kind: string): Promise<ApiResource | undefined> {
    const exact = await this.find(group, version, kind);
    if (exact || group === '') {
      return exact;
    }
    const served = await this.readOrUndefined(`/apis/${group}`);
    for (const { version: other } of served?.versions ?? []) {
      const found = await this.find(group, other, kind);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /** The kind that kubectl would take this for: `deploy`, `services`, `deployments.apps`. */
  async findByName(name: string): Promise<ApiResource | undefined> {
    const [short, ...rest] = name.split('.');
    const group = rest.join('.');
    if (!group) {
      const core = (await this.resources('', 'v1')).find(r => r.isCalled(short));
      if (core) {
        return core;
      }
    }
    const groups: any[] = (await this.read('/apis')).groups;
    let failure: unknown;
    for (const { name: candidate, preferredVersion, versions } of groups.filter(g => !group || g.name === group || g.name === rest.slice(1).join('.'))) {
      // `deployments.v1.apps` names the version too
      const version = candidate === group || !group ? preferredVersion.version : versions.find((v: any) => v.version === rest[0])?.version;
      // A group that another server serves may be out of reach, such as that of the metrics: the kind may be of another.
      const resources: ApiResource[] = version ? await this.resources(candidate, version).catch(error => { failure = error; return []; }) : [];
      const found = resources.find(r => r.isCalled(short));
      if (found) {
        return found;
      }
    }
    if (failure) {
      throw failure;
    }
    this.versions.clear();
    return undefined;
  }

  private resources(group: string, version: string): Promise<ApiResource[]> {
    const key = `${group}/${version}`;
    let resources = this.versions.get(key);
    if (!resources) {
      resources = this.readResources(group, version);
      this.versions.set(key, resources);
      resources.catch(() => this.versions.delete(key));
    }
    return resources;
  }

  private async readResources(group: string, version: string): Promise<ApiResource[]> {
    const list = await this.readOrUndefined(group ? `/apis/${group}/${version}` : `/api/${version}`);
    return (list?.resources ?? [])
      .filter((r: any) => !r.name.includes('/'))
      .map((r: any) => new ApiResource(group, version, r.kind, r.name, r.namespaced, [r.singularName, ...r.shortNames ?? []].filter(Boolean)));
  }

  private async readOrUndefined(path: string): Promise<any> {
    try {
      return await this.read(path);
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}
