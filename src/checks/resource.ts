import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

/** Where a template lies, and whose it is. */
export interface StackTemplate {
  /** Construct path of the stack. */
  readonly path: string;
  readonly templatePath: string;
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
    const template = { ...stack, content: JSON.parse(text), size: Buffer.byteLength(text) };
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

function nestedStacks({ content, templatePath }: Template): StackTemplate[] {
  return Object.entries<any>(content.Resources ?? {})
    .filter(([, { Type: type, Metadata: metadata }]) => type === 'AWS::CloudFormation::Stack' && metadata?.['aws:asset:path'])
    .map(([, { Metadata: metadata }]) => ({
      path: String(metadata['aws:cdk:path'] ?? '').replace(/\.NestedStack\/.*$/, ''),
      templatePath: join(dirname(templatePath), metadata['aws:asset:path']),
    }))
    .filter(({ templatePath: path }) => existsSync(path));
}
