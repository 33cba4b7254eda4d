import { execFile } from 'child_process';
import { existsSync } from 'fs';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { Agent, request as httpsRequest } from 'https';
import { AddressInfo, connect, createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { text } from 'stream/consumers';
import { setTimeout as sleep } from 'timers/promises';
import { promisify } from 'util';
import { findAssets, KWOK_STAGES } from './assets';
import { Authenticator, Secret, User } from './authenticator';
import { Certificates, Identity } from './certificates';
import { kubectlPath } from './helm';
import { Processes } from './processes';

const START_TIMEOUT = 90_000;

export interface ControlPlaneOptions {
  /**
   * How many nodes there are at the start; they and their pods become ready without a machine behind them.
   *
   * @default 1
   */
  readonly nodes?: number;

  /**
   * The Kubernetes version whose API is served, such as `1.34`: from three minors below the one of the programs.
   *
   * @default - the version of the programs
   */
  readonly emulatedVersion?: string;

  /**
   * Further flags of kube-apiserver.
   *
   * @default - none
   */
  readonly apiServerArgs?: string[];
}

export interface ApiResponse {
  readonly status: number;
  /** Parsed where it is JSON, else a string. */
  readonly body: any;
}

/** The parts that a folder of `KUBEBUILDER_ASSETS` may lack. */
export type OptionalPart = 'kube-controller-manager' | 'kube-scheduler' | 'kwok';

/**
 * A real Kubernetes control plane on this machine, for a test: etcd, kube-apiserver, kube-controller-manager,
 * kube-scheduler, kwok in the place of the kubelets, and an authenticator that takes the tokens EKS takes.
 *
 * Everything listens on loopback and is gone after `stop`, or when the process that started it is.
 */
export class ControlPlane {
  public static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const assets = findAssets();
    for (let attempt = 1; ; attempt++) {
      try {
        return await ControlPlane.tryStart(assets, options);
      } catch (e) {
        // A port that was free when it was looked for may be taken by the time it is listened on.
        if (attempt === 3 || !(e as Error).message.includes('address already in use')) { throw e; }
      }
    }
  }

  private static async tryStart(assets: string, options: ControlPlaneOptions): Promise<ControlPlane> {
    const authenticator = await Authenticator.start();
    const folder = await mkdtemp(join(tmpdir(), 'control-plane-'));
    const processes = new Processes(folder);
    try {
      const certificates = await Certificates.create(join(folder, 'pki'), '10.100.0.1');
      const [etcdPort, peerPort, apiPort] = await freePorts(3);
      const admin = await certificates.pair('admin');
      const plane = new ControlPlane(
        assets, folder, processes, authenticator, certificates, options, { etcd: etcdPort, peer: peerPort, api: apiPort },
        `https://127.0.0.1:${apiPort}`, admin.cert, admin.key,
      );
      await plane.startPrograms();
      await plane.startNodes(options.nodes ?? 1);
      return plane;
    } catch (e) {
      await authenticator.stop();
      await processes.stop();
      throw e;
    }
  }

  /** The certificate authority of the API server: PEM in base64, as EKS gives it. */
  public readonly caData: string;

  /** A kubeconfig for the group `system:masters`. */
  public readonly kubeconfigPath: string;

  private readonly agent: Agent;
  private saved = 0;

  private constructor(
    private readonly assets: string,
    private readonly folder: string,
    private readonly processes: Processes,
    private readonly authenticator: Authenticator,
    private readonly certificates: Certificates,
    private readonly options: ControlPlaneOptions,
    private readonly ports: { readonly etcd: number; readonly peer: number; readonly api: number },
    /** The address of the API server. */
    public readonly url: string,
    /** A client certificate of the group `system:masters`, in PEM. */
    public readonly adminCert: string,
    /** The key of `adminCert`, in PEM. */
    public readonly adminKey: string,
  ) {
    this.caData = Buffer.from(certificates.ca).toString('base64');
    this.kubeconfigPath = join(folder, 'admin.kubeconfig');
    this.agent = new Agent({ keepAlive: true, ca: certificates.ca, cert: adminCert, key: adminKey });
  }

  /** Whether a part runs that the folder of the programs may lack: without kwok, no node and no pod becomes ready. */
  public has(part: OptionalPart): boolean {
    return existsSync(join(this.assets, part)) && (part !== 'kwok' || existsSync(join(this.assets, KWOK_STAGES)));
  }

  /**
   * Asks the API server as an administrator. Every answer is a result, also a refusal.
   *
   * @param path with its query, such as `/api/v1/nodes?limit=1`
   * @param body a string is sent as it is, anything else as JSON
   * @param headers by default the content is JSON, and that of a PATCH a JSON merge patch
   */
  public request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(this.url + path, {
        method,
        agent: this.agent,
        timeout: 30_000,
        headers: { 'content-type': type, ...headers, ...content === undefined ? {} : { 'content-length': Buffer.byteLength(content) } },
      }, response => {
        text(response).then(answer => resolve({
          status: response.statusCode!,
          body: response.headers['content-type']?.startsWith('application/json') ? JSON.parse(answer) : answer,
        })).catch(reject);
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in 30 s`))).on('error', reject).end(content);
    });
  }

  /**
   * Runs kubectl as an administrator and returns what it prints.
   *
   * @throws with what it prints to its error output, if it fails.
   */
  public async kubectl(...args: string[]): Promise<string> {
    const bundled = join(this.assets, 'kubectl');
    const { stdout } = await promisify(execFile)(existsSync(bundled) ? bundled : await kubectlPath(), args, {
      cwd: this.folder,
      env: { ...process.env, KUBECONFIG: this.kubeconfigPath },
      maxBuffer: 64 * 1024 * 1024,
    }).catch(e => { throw new Error(`kubectl ${args.join(' ')}: ${e.stderr || e.message}`); });
    return stdout;
  }

  /**
   * Lets the tokens of an access key in, as an access entry of EKS does.
   *
   * @param secret if given, the signature of the tokens is verified too, as STS does
   */
  public authenticate(accessKeyId: string, user: User, secret?: Secret): void {
    this.authenticator.authenticate(accessKeyId, user, secret);
  }

  /** Refuses the tokens of an access key; one that the API server has seen is good for up to ten more seconds. */
  public revoke(accessKeyId: string): void {
    this.authenticator.revoke(accessKeyId);
  }

  /** Adds a node and waits until pods can run on it. */
  public async addNode(name: string, labels: Record<string, string> = {}, capacity: Record<string, string> = {}): Promise<void> {
    if (!this.has('kwok')) {
      throw new Error(`there is no kwok in ${this.assets}, and without it a node does not become ready: use the control plane that rig/control-plane/assets.ts builds`);
    }
    const resources = { 'cpu': '32', 'memory': '256Gi', 'pods': '110', 'ephemeral-storage': '100Gi', ...capacity };
    const made = await this.request('POST', '/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', ...labels },
      },
      status: { capacity: resources, allocatable: resources },
    });
    if (made.status !== 201) {
      throw new Error(`node "${name}" was refused: ${made.body.message}`);
    }
    await this.waitFor(`node "${name}"`, async () => {
      const { body } = await this.request('GET', `/api/v1/nodes/${name}`);
      const ready = body.status?.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True');
      return ready && !body.spec?.taints?.some((t: any) => t.key === 'node.kubernetes.io/not-ready');
    });
  }

  /**
   * Keeps all that is in it, and returns how to have just that back: the same objects with the same uids, as often as wanted.
   *
   * Whoever was let in meanwhile stays so, and so does who was refused.
   */
  public async save(): Promise<() => Promise<void>> {
    const [data, copy] = [join(this.folder, 'etcd'), join(this.folder, `etcd-${++this.saved}`)];
    // What etcd has written is as if it had been killed just now: it recovers from that.
    await this.processes.whilePaused('etcd', () => copyFolder(data, copy));
    return async () => {
      await this.processes.killAll();
      this.agent.destroy();
      await rm(data, { recursive: true });
      await copyFolder(copy, data);
      await this.startPrograms();
    };
  }

  /** What a part has logged so far. */
  public log(part: 'etcd' | 'kube-apiserver' | OptionalPart): string {
    return this.processes.log(part);
  }

  /** Ends every process and removes every file. */
  public async stop(): Promise<void> {
    this.agent.destroy();
    await this.authenticator.stop();
    await this.processes.stop();
  }

  private async startPrograms(): Promise<void> {
    await this.startEtcd();
    await this.startApiServer();
    await this.startControllers();
    if (this.has('kwok')) {
      // After a restore: nodes that another kwok held would be left alone until its leases end.
      await this.request('DELETE', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases');
      this.run('kwok', [
        `--kubeconfig=${this.kubeconfigPath}`, `--config=${join(this.assets, KWOK_STAGES)}`,
        '--manage-all-nodes=true', '--node-lease-duration-seconds=40',
      ]);
    } else {
      process.stderr.write(`control plane: no kwok (or no ${KWOK_STAGES}) in ${this.assets}: no node and no pod becomes ready\n`);
    }
  }

  private async startEtcd(): Promise<void> {
    const { etcd: port, peer: peerPort } = this.ports;
    const client = `http://127.0.0.1:${port}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    this.run('etcd', [
      `--data-dir=${join(this.folder, 'etcd')}`,
      `--listen-client-urls=${client}`, `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=default=${peer}`,
      '--log-level=warn',
      '--unsafe-no-fsync', // nothing here has to survive a power cut
    ]);
    // kube-apiserver waits a second after a first connection that fails.
    await this.waitFor('etcd', () => new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).once('error', reject);
    }));
  }

  private async startApiServer(): Promise<void> {
    const { certificates: pki, options, ports: { etcd: etcdPort, api: port } } = this;
    const webhook = await this.writeKubeconfig('authenticator', { server: this.authenticator.url }, {});
    this.run('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      // A loopback address is no valid endpoint of the service "kubernetes": none is published.
      `--secure-port=${port}`, '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', '--endpoint-reconciler-type=none',
      '--external-hostname=localhost',
      `--tls-cert-file=${pki.path('apiserver.crt')}`, `--tls-private-key-file=${pki.path('apiserver.key')}`,
      `--client-ca-file=${pki.path('ca.crt')}`,
      `--authentication-token-webhook-config-file=${webhook}`, '--authentication-token-webhook-version=v1',
      '--authentication-token-webhook-cache-ttl=1s',
      '--authorization-mode=Node,RBAC',
      // Without the controllers there are no service accounts, and every pod would be refused.
      ...this.has('kube-controller-manager') ? [] : ['--disable-admission-plugins=ServiceAccount'],
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${pki.path('service-accounts.pub')}`,
      `--service-account-signing-key-file=${pki.path('service-accounts.key')}`,
      '--service-cluster-ip-range=10.100.0.0/16', '--allow-privileged=true', '--profiling=false',
      `--requestheader-client-ca-file=${pki.path('ca.crt')}`, '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-username-headers=X-Remote-User', '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--proxy-client-cert-file=${pki.path('front-proxy.crt')}`, `--proxy-client-key-file=${pki.path('front-proxy.key')}`,
      ...emulation(options),
      ...options.apiServerArgs ?? [],
    ]);
    await this.waitFor('kube-apiserver', async () => (await this.request('GET', '/readyz')).status === 200);
    await this.writeIdentity('admin');
  }

  private async startControllers(): Promise<void> {
    const { certificates: pki, options } = this;
    const start = async (part: 'kube-controller-manager' | 'kube-scheduler', args: string[]) => {
      if (!this.has(part)) {
        process.stderr.write(`control plane: no ${part} in ${this.assets}: left out\n`);
        return;
      }
      this.run(part, [
        `--kubeconfig=${await this.writeIdentity(part)}`, '--leader-elect=false', '--profiling=false', '--secure-port=0',
        ...emulation(options), ...args,
      ]);
    };
    await start('kube-controller-manager', [
      '--kube-api-qps=500', '--kube-api-burst=1000', // with the stock 20 it takes five seconds more to start
      '--node-monitor-grace-period=1h', // on a loaded machine kwok may be late with its heartbeats, and never makes pods ready again
      '--use-service-account-credentials=true',
      `--root-ca-file=${pki.path('ca.crt')}`,
      `--service-account-private-key-file=${pki.path('service-accounts.key')}`,
      `--cluster-signing-cert-file=${pki.path('ca.crt')}`, `--cluster-signing-key-file=${pki.path('ca.key')}`,
    ]);
    await start('kube-scheduler', []);
  }

  private async startNodes(nodes: number): Promise<void> {
    if (this.has('kwok')) {
      await Promise.all(Array.from({ length: nodes }, (_, i) => this.addNode(`node-${i}`)));
    }
    if (this.has('kube-controller-manager')) {
      // The last thing that a pod needs.
      await this.waitFor('the default service account', async () =>
        (await this.request('GET', '/api/v1/namespaces/default/serviceaccounts/default')).status === 200);
    }
  }

  private run(program: string, args: string[]): void {
    this.processes.start(program, join(this.assets, program), args);
  }

  private async writeIdentity(identity: Identity): Promise<string> {
    const { cert, key } = await this.certificates.pair(identity);
    const base64 = (pem: string) => Buffer.from(pem).toString('base64');
    return this.writeKubeconfig(identity, { 'server': this.url, 'certificate-authority-data': this.caData },
      { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) });
  }

  private async writeKubeconfig(name: string, cluster: object, user: object): Promise<string> {
    const path = join(this.folder, `${name}.kubeconfig`);
    await writeFile(path, JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: 'test', cluster }],
      'users': [{ name, user }],
      'contexts': [{ name: 'test', context: { cluster: 'test', user: name } }],
      'current-context': 'test',
    }, undefined, 1), { mode: 0o600 });
    return path;
  }

  /** Waits until `probe` resolves to something other than false; an error means not yet. */
  private async waitFor(what: string, probe: () => Promise<unknown>): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT;
    let last: unknown = 'no answer';
    while (Date.now() < deadline) {
      this.processes.check();
      const ready = await probe().catch(e => {
        last = e;
        return false;
      });
      if (ready) { return; }
      await sleep(50);
    }
    throw new Error(`${what} is not ready after ${START_TIMEOUT / 1000} s (${last}); the end of the API server's log:\n${this.log('kube-apiserver').slice(-3000)}`);
  }
}

function emulation(options: ControlPlaneOptions): string[] {
  return options.emulatedVersion ? [`--emulated-version=${options.emulatedVersion}`] : [];
}

/** Files with holes stay small. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-R', '-p', ...process.platform === 'linux' ? ['--sparse=always'] : [], from, to]);
}

/** Ports that are free now; they are held until all are known, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
