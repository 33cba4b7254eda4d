import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { textOf } from './values';
import { withDefaults } from './with-defaults';

/** Where a template lies, and whose it is. */
export interface StackTemplate {
  /** Construct path of the stack. */
  readonly path: string;
  readonly templatePath: string;
  /** Of a nested stack: what makes it. */
  readonly within?: { readonly template: Template; readonly logicalId: string };
}

/** A synthesized template. */
export interface Template extends StackTemplate {
  readonly content: { readonly Resources?: { [id: string]: any }; readonly Outputs?: { [id: string]: any }; readonly [section: string]: any };
  /** The text's length in bytes. */
  readonly size: number;
}

/** A resource of a template. */
export interface Resource {
  readonly template: Template;
  readonly logicalId: string;
  /** The construct's path in the app, without the last `Resource` or `Default`. */
  readonly path: string;
  readonly type: string;
  readonly properties: { [name: string]: any };
  /** The whole of it: DependsOn, policies, metadata. */
  readonly whole: { [attribute: string]: any };
}

/** The templates and those of their nested stacks. */
export function readTemplates(stacks: StackTemplate[]): Template[] {
  return stacks.flatMap(stack => {
    const text = readFileSync(stack.templatePath, 'utf8');
    const template = { ...stack, content: withDefaults(JSON.parse(text), parametersOf(stack)), size: Buffer.byteLength(text) };
    return [template, ...readTemplates(nestedStacks(template))];
  });
}

export function resourcesOf(template: Template): Resource[] {
  return Object.entries<any>(template.content.Resources ?? {}).map(([logicalId, whole]) => ({
    template,
    logicalId,
    path: String(whole.Metadata?.['aws:cdk:path'] ?? `${template.path}/${logicalId}`).replace(/(\/(Resource|Default))+$/, ''),
    type: whole.Type,
    properties: whole.Properties ?? {},
    whole,
  }));
}

/** The file of an asset by its key in the bucket; undefined where it is not in the assembly. */
export function assetFile({ templatePath }: Template, key: unknown): string | undefined {
  const file = join(dirname(templatePath), `asset.${key}`);
  return typeof key === 'string' && existsSync(file) ? file : undefined;
}

function nestedStacks(template: Template): StackTemplate[] {
  return Object.entries<any>(template.content.Resources ?? {}).flatMap(([logicalId, { Type: type, Metadata: metadata, Properties: properties }]) => {
    const file = type === 'AWS::CloudFormation::Stack' && (metadata?.['aws:asset:path'] ?? assetOf(template, properties?.TemplateURL));
    return file ? [{
      path: String(metadata?.['aws:cdk:path'] ?? `${template.path}/${logicalId}`).replace(/\.NestedStack\/.*$/, ''),
      templatePath: join(dirname(template.templatePath), file),
      within: { template, logicalId },
    }] : [];
  }).filter(({ templatePath }) => existsSync(templatePath));
}

/** What the stack around it gives a nested one. */
function parametersOf({ within }: StackTemplate): { [name: string]: any } | undefined {
  return within?.template.content.Resources?.[within.logicalId].Properties?.Parameters;
}

/** The file of an asset by its address, from the list of the stack around all: only the CDK CLI asks for metadata that name it. */
function assetOf({ templatePath, within }: Template, url: any): string | undefined {
  if (within) {
    return assetOf(within.template, url);
  }
  const assets = join(dirname(templatePath), basename(templatePath).replace(/\.template\.json$/, '.assets.json'));
  const [, hash] = /\/([0-9a-f]{64})\.json$/.exec(textOf(url) ?? '') ?? [];
  return hash !== undefined && existsSync(assets) ? JSON.parse(readFileSync(assets, 'utf8')).files?.[hash]?.source?.path : undefined;
}
