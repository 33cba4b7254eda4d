import { existsSync, readdirSync, readFileSync } from 'fs';
import { readFile } from 'fs/promises';
import { join } from 'path';
import JSZip from 'jszip';
import { Template } from './template';

/** One stack of an assembly. */
export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
  /** Names of stacks that come first. */
  readonly dependencies: string[];
}

interface Asset {
  readonly path: string;
  readonly packaging: string;
}

/** What `cdk synth` wrote: the stacks of an app and the files that they refer to. */
export class Assembly {
  /** @throws where the folder holds no assembly */
  static read(folder: string): Assembly {
    if (!existsSync(join(folder, 'manifest.json'))) { throw new Error(`there is no cloud assembly in "${folder}": run cdk synth first`); }
    const assembly = new Assembly();
    assembly.readFolder(folder);
    return assembly;
  }

  /** In an order in which they can be deployed. */
  get stacks(): AssemblyStack[] {
    const ordered: AssemblyStack[] = [];
    const visit = (stack: AssemblyStack) => {
      if (ordered.includes(stack)) { return; }
      stack.dependencies.forEach(name => this.byName.has(name) && visit(this.byName.get(name)!));
      ordered.push(stack);
    };
    this.byName.forEach(visit);
    return ordered;
  }

  private readonly byName = new Map<string, AssemblyStack>();
  private readonly assets = new Map<string, Asset>();

  private constructor() {}

  has(key: string): boolean {
    return this.assets.has(key);
  }

  /** The folder or file behind the key of an asset in the bootstrap bucket. */
  path(key: string): string {
    const asset = this.assets.get(key);
    if (!asset) { throw new Error(`there is no asset "${key}" in the assembly`); }
    return asset.path;
  }

  /** What lies in the bootstrap bucket under a key; undefined if there is no such key. */
  async content(key: string): Promise<Buffer | undefined> {
    const asset = this.assets.get(key);
    if (!asset) { return undefined; }
    return asset.packaging === 'zip' ? zipped(asset.path) : readFile(asset.path);
  }

  /** The template that a nested stack points to. */
  templateAt(url: string): Template {
    return JSON.parse(readFileSync(this.path(url.split('/').at(-1)!), 'utf8'));
  }

  private readFolder(folder: string): void {
    const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const artifacts: { [id: string]: any } = json('manifest.json').artifacts ?? {};
    const nameOf = (id: string) => artifacts[id].properties.stackName ?? id;
    for (const [id, { type, properties, dependencies }] of Object.entries(artifacts)) {
      if (type === 'aws:cloudformation:stack') {
        const before = (dependencies ?? []).filter((other: string) => artifacts[other]?.type === 'aws:cloudformation:stack');
        this.byName.set(nameOf(id), { name: nameOf(id), template: json(properties.templateFile), dependencies: before.map(nameOf) });
      } else if (type === 'cdk:asset-manifest') {
        for (const { source, destinations } of Object.values<any>(json(properties.file).files ?? {})) {
          for (const { objectKey } of Object.values<any>(destinations)) {
            this.assets.set(objectKey, { path: join(folder, source.path), packaging: source.packaging });
          }
        }
      } else if (type === 'cdk:cloud-assembly') {
        this.readFolder(join(folder, properties.directoryName));
      }
    }
  }
}

async function zipped(folder: string): Promise<Buffer> {
  const zip = new JSZip();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      zip.file(path.slice(folder.length + 1), readFileSync(path));
    }
  }
  return zip.generateAsync({ type: 'nodebuffer' });
}
