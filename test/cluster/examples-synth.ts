import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Template } from '../../src/private/template-graph';

const ROOT = resolve(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples', 'typescript');

/** A stack of a synthesized app. */
export interface SynthesizedStack {
  readonly name: string;
  readonly template: Template & { readonly Outputs?: { [id: string]: any } };
  /** Length of the template's file. */
  readonly bytes: number;
  /** What CDK would have to look up in an account. */
  readonly missing: object[];
  /** JSON files that are uploaded with the stack, by bucket (as it stands in the manifest of assets) and key. */
  readonly files: { bucket: string; key: string; text: string }[];
}

/** The examples' names. */
export function exampleNames(): string[] {
  return readdirSync(EXAMPLES).sort();
}

/** Runs an example as a user does, as a process of its own, and hands on its output folder, which is removed afterwards. */
export function withExample<T>(name: string, use: (outdir: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), `example-${name}-`));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath,
      [join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), '--tsconfig', 'tsconfig.all.json', join(EXAMPLES, name, 'app.ts')],
      { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' } });
    if (status !== 0) {
      throw new Error(`the example ${name} does not synthesize:\n${stdout}${stderr}`);
    }
    return use(outdir);
  } finally {
    rmSync(outdir, { recursive: true }); // 40 MB, most of it helm
  }
}

/** The stacks of an example, a stack after those that it needs. */
export function synthesizeExample(name: string): SynthesizedStack[] {
  return withExample(name, outdir => stacksOf(new CloudAssembly(outdir)));
}

/** The stacks of an app, a stack after those that it needs. */
export function stacksOf(assembly: CloudAssembly): SynthesizedStack[] {
  return assembly.stacksRecursively.map(stack => {
    const { files = {} } = JSON.parse(readFileSync(join(assembly.directory, `${stack.id}.assets.json`), 'utf8'));
    return {
      name: stack.stackName,
      template: stack.template,
      bytes: readFileSync(stack.templateFullPath).length,
      missing: assembly.manifest.missing ?? [],
      files: Object.values<any>(files)
        .filter(({ source }) => source.packaging === 'file' && /^asset\..*\.json$/.test(source.path))
        .flatMap(({ source, destinations }) => Object.values<any>(destinations).map(({ bucketName, objectKey }) => ({
          bucket: bucketName, key: objectKey, text: readFileSync(join(assembly.directory, source.path), 'utf8'),
        }))),
    };
  });
}
