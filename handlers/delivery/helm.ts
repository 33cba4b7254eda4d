import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterAddress } from './cluster';
import { concealed } from './conceal';
import { readObject } from './s3';
import { loadSdk, SDK_OPTIONS } from './sdk';
import { unzip } from './unzip';

/** Where a chart comes from. */
export interface ChartSource {
  /** A packaged chart in a bucket. */
  readonly asset?: { readonly bucket: string; readonly key: string };
  /** Its name in `repository`, or a whole address (oci://, https://). */
  readonly chart?: string;
  readonly repository?: string;
  readonly version?: string;
}

export interface RunOptions {
  readonly stdin?: string;
  /** Milliseconds since the epoch: then helm is ended. */
  readonly deadline: number;
}

const TOKEN_REFRESH = 5 * 60_000;

/** The helm binary with a kubeconfig and folders of its own, all of them gone after `close`. */
export class Helm {
  static async open(address: ClusterAddress, token: () => Promise<string>): Promise<Helm> {
    const helm = new Helm(mkdtempSync(join(tmpdir(), 'helm-')), token);
    await helm.writeToken();
    writeFileSync(helm.path('ca.pem'), address.ca);
    writeFileSync(helm.path('kubeconfig'), JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: 'cluster', cluster: { 'server': address.endpoint, 'certificate-authority': helm.path('ca.pem') } }],
      'users': [{ name: 'user', user: { tokenFile: helm.path('token') } }],
      'contexts': [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
      'current-context': 'context',
    }), { mode: 0o600 });
    return helm;
  }

  private readonly refresh: NodeJS.Timeout;
  private secrets?: readonly string[];

  private constructor(private readonly folder: string, private readonly token: () => Promise<string>) {
    // helm reads the file again every minute; a token outlives a few of them, not an hour.
    this.refresh = setInterval(() => void this.writeToken().catch(() => undefined), TOKEN_REFRESH);
    this.refresh.unref();
  }

  close(): void {
    clearInterval(this.refresh);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What must never be repeated of helm's words. */
  conceal(secrets: readonly string[]): void {
    this.secrets = secrets;
  }

  /** The folder or archive of a chart, brought here. */
  async fetch(source: ChartSource, deadline: number): Promise<string> {
    const folder = this.path('chart');
    mkdirSync(folder);
    if (source.asset) {
      return unpack(await readObject(source.asset.bucket, source.asset.key), folder);
    }
    const { chart = '', repository, version } = source;
    const from = repository?.startsWith('oci://')
      ? [chart ? `${repository.replace(/\/$/, '')}/${chart}` : repository]
      : [chart, ...repository ? ['--repo', repository] : []];
    await this.logInToEcr(from[0], deadline);
    await this.run(['pull', ...from, ...version ? ['--version', version] : [], '--destination', folder], { deadline });
    const archive = readdirSync(folder).find(file => file.endsWith('.tgz'));
    if (!archive) {
      throw new Error(`helm pull brought no chart for "${chart || repository}"`);
    }
    return join(folder, archive);
  }

  /** Runs helm and returns what it prints. Output is never logged: it may hold values. */
  run(args: string[], options: RunOptions): Promise<string> {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...environment } = process.env;
    return new Promise((resolve, reject) => {
      const child = spawn(process.env.HELM_PATH ?? '/opt/helm/helm', args, {
        cwd: this.folder,
        env: {
          ...environment,
          HOME: this.folder,
          KUBECONFIG: this.path('kubeconfig'),
          HELM_CACHE_HOME: this.path('cache'),
          HELM_CONFIG_HOME: this.path('config'),
          HELM_DATA_HOME: this.path('data'),
        },
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let late = false;
      const end = setTimeout(() => {
        late = true;
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 5000).unref();
      }, Math.max(0, options.deadline - Date.now()));
      child.stdout.on('data', chunk => out.push(chunk));
      child.stderr.on('data', chunk => err.push(chunk));
      child.on('error', error => {
        clearTimeout(end);
        reject(new HelmError(`helm cannot be run: ${error.message}. Give the function a layer that holds it`));
      });
      child.on('close', code => {
        clearTimeout(end);
        if (code === 0) {
          resolve(Buffer.concat(out).toString('utf8'));
        } else {
          const told = this.tellable(args[0], essence(Buffer.concat(err).toString('utf8')));
          reject(new HelmError(`helm ${args[0]}: ${late ? 'not done in time' : told}${late && told ? ` (${told})` : ''}`));
        }
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.stdin ?? '');
    });
  }

  /** A rollback applies values of before; while it is not known which are secret, nothing of its words is repeated. */
  private tellable(command: string, text: string): string {
    if (!this.secrets && command === 'rollback') {
      return 'failed, and what it said may hold values';
    }
    return concealed(text, this.secrets ?? []);
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  private async writeToken(): Promise<void> {
    writeFileSync(this.path('token'), await this.token(), { mode: 0o600 });
  }

  /** A private ECR registry wants a password; public ones are read without. */
  private async logInToEcr(address: string, deadline: number): Promise<void> {
    const match = /^oci:\/\/(\d+\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.-]+)\//.exec(address);
    if (!match) {
      return;
    }
    const { ECRClient, GetAuthorizationTokenCommand } = loadSdk('@aws-sdk/client-ecr') as typeof import('@aws-sdk/client-ecr');
    const client = new ECRClient({ ...SDK_OPTIONS, region: match[2] });
    try {
      const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
      const password = Buffer.from(authorizationData![0].authorizationToken!, 'base64').toString('utf8').replace(/^AWS:/, '');
      await this.run(['registry', 'login', match[1], '--username', 'AWS', '--password-stdin'], { stdin: password, deadline });
    } finally {
      client.destroy();
    }
  }
}

const TRANSIENT = new RegExp([
  'broken pipe', 'i/o timeout', 'connection re(fused|set)', 'TLS handshake timeout', 'http2: ', 'unexpected EOF', 'no endpoints available',
  'failed calling webhook', 'conversion webhook .* failed', 'too many requests',
].join('|'), 'i');

export class HelmError extends Error {
  /** Worth another try: the network, or a webhook that is not up yet. */
  get isTransient(): boolean {
    return TRANSIENT.test(this.message);
  }

  /** A kind of the release, or of the chart, is not served. */
  get isUnknownKind(): boolean {
    return /no matches for kind|could not find the requested resource|resource mapping not found/i.test(this.message);
  }

  /** Helm 3 knows one way to wait. */
  get isUnknownStrategy(): boolean {
    return /invalid argument "legacy" for "--wait"/.test(this.message);
  }

  get isNotFound(): boolean {
    return /release: not found/i.test(this.message);
  }
}

/** The error lines of helm's output, without its warnings and progress. */
function essence(stderr: string): string {
  const lines = stderr.split('\n').map(line => line.trim()).filter(Boolean);
  const start = lines.findIndex(line => line.startsWith('Error:'));
  return (start < 0 ? lines.slice(-5) : lines.slice(start)).join(' ').replace(/^Error:\s*/, '').slice(0, 3000);
}

/** A .tgz stays one, helm takes it as it is; a zip of the chart's folder is unpacked. */
function unpack(archive: Buffer, folder: string): string {
  if (archive[0] === 0x1f && archive[1] === 0x8b) {
    const path = join(folder, 'chart.tgz');
    writeFileSync(path, archive);
    return path;
  }
  unzip(archive, folder);
  const chart = [folder, ...readdirSync(folder).map(name => join(folder, name))].find(candidate => existsSync(join(candidate, 'Chart.yaml')));
  if (!chart) {
    throw new Error('the chart asset holds no Chart.yaml: give the folder of one chart');
  }
  return chart;
}
