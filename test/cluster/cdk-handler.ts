import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { helmPath, kubectlPath } from '../../rig/control-plane/helm';

/** What comes of an event: an answer, or none in the time there was. */
export interface CdkAnswer {
  readonly Status: 'SUCCESS' | 'FAILED' | 'no answer';
  readonly Reason?: string;
}

const HANDLER = join(dirname(require.resolve('aws-cdk-lib/package.json')), 'custom-resource-handlers', 'dist', 'aws-eks-v2', 'kubectl-handler');
/** The two commands of the AWS CLI that the handler runs. */
const AWS = `#!/bin/sh
case "$1 $2" in
  'eks update-kubeconfig') while [ "$1" != --kubeconfig ]; do shift; done; cp "$STUB_KUBECONFIG" "$2" ;;
  's3 cp') cp "$STUB_BUCKETS/\${3#s3://}" "$4" ;;
  *) echo "no stub for aws $*" >&2; exit 1 ;;
esac
`;
const RUN = `import json, sys
sys.path.insert(0, ${JSON.stringify(HANDLER)})
import index
index.handler(json.load(sys.stdin), None)`;

/** The interpreter itself: what is called python3 may be a script that needs a home. */
function python(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** CDK's own kubectl handler, as it is published, with the kubectl and helm of the layer and a stand-in for the AWS CLI. */
export class CdkHandler {
  /** Why it cannot run here; undefined if it can. */
  static get missing(): string | undefined {
    return python() ? undefined : 'there is no python3';
  }

  static async create(kubeconfig: string): Promise<CdkHandler> {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-handler-'));
    writeFileSync(join(folder, 'aws'), AWS, { mode: 0o755 });
    // It is imported for public ECR registries only.
    writeFileSync(join(folder, 'boto3.py'), '');
    return new CdkHandler(folder, python()!, {
      PATH: [folder, dirname(await kubectlPath()), dirname(await helmPath()), process.env.PATH].join(':'),
      PYTHONPATH: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      STUB_KUBECONFIG: kubeconfig,
      STUB_BUCKETS: join(folder, 'buckets'),
    });
  }

  /** All that it printed. */
  output = '';
  private count = 0;

  private constructor(private readonly folder: string, private readonly interpreter: string, private readonly environment: Record<string, string>) {}

  /** Puts a file where `s3://BUCKET/KEY` is. */
  put(bucket: string, key: string, content: Buffer): void {
    mkdirSync(join(this.folder, 'buckets', bucket), { recursive: true });
    writeFileSync(join(this.folder, 'buckets', bucket, key), content);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async send(event: CloudFormationEvent, secondsLeft = 120): Promise<CdkAnswer> {
    // Each time as in a new instance of the function: no discovery cache.
    const outdir = join(this.folder, `out-${++this.count}`);
    mkdirSync(outdir);
    const child = spawn(this.interpreter, ['-c', RUN], { cwd: outdir, env: { ...this.environment, HOME: outdir, TEST_OUTDIR: outdir }, detached: true });
    let errors = '';
    child.stdout.on('data', chunk => { this.output += chunk; });
    child.stderr.on('data', chunk => { errors += chunk; });
    child.stdin.end(JSON.stringify(event));
    let late = false;
    const end = setTimeout(() => {
      late = true;
      process.kill(-child.pid!, 'SIGKILL');
    }, secondsLeft * 1000);
    const code = await new Promise(resolve => child.on('close', resolve));
    clearTimeout(end);
    this.output += errors;
    if (late) {
      return { Status: 'no answer' };
    }
    // What it raises becomes the reason of the answer, in full.
    return code === 0 ? { Status: 'SUCCESS' } : { Status: 'FAILED', Reason: errors.trimEnd().split('\n').at(-1) };
  }
}
