import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loopbackCertificate } from '../loopback-certificate';

/** As much of an OCI registry as `helm pull` needs: one chart, in one version, over TLS on loopback. */
export class OciRegistry {
  static async start(folder: string, path: string, version: string, chart: Buffer): Promise<OciRegistry> {
    const pair = await loopbackCertificate();
    const certificate = join(folder, 'registry.crt');
    writeFileSync(certificate, pair.cert);
    const registry = new OciRegistry(certificate, path, createServer(pair));
    registry.put(version, chart);
    await new Promise<void>(resolve => registry.server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  private readonly content = new Map<string, { type: string; body: Buffer }>();

  private constructor(readonly certificate: string, private readonly path: string, private readonly server: Server) {
    server.on('request', (request, response) => {
      const found = this.content.get(request.url!);
      const headers = found && { 'content-type': found.type, 'content-length': found.body.length, 'docker-content-digest': digest(found.body) };
      response.writeHead(found ? 200 : request.url === '/v2/' ? 200 : 404, headers).end(request.method === 'HEAD' ? undefined : found?.body);
    });
  }

  get url(): string {
    return `oci://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Serves something else than the chart, over the same TLS. */
  serve(path: string, content: Buffer | string): void {
    this.content.set(path, { type: 'application/octet-stream', body: Buffer.from(content) });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private put(version: string, chart: Buffer): void {
    const config = Buffer.from(JSON.stringify({ name: this.path.split('/').pop(), version, apiVersion: 'v2' }));
    const layer = (mediaType: string, body: Buffer) => {
      this.content.set(`/v2/${this.path}/blobs/${digest(body)}`, { type: 'application/octet-stream', body });
      return { mediaType, digest: digest(body), size: body.length };
    };
    const type = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = Buffer.from(JSON.stringify({
      schemaVersion: 2,
      mediaType: type,
      config: layer('application/vnd.cncf.helm.config.v1+json', config),
      layers: [layer('application/vnd.cncf.helm.chart.content.v1.tar+gzip', chart)],
    }));
    this.content.set(`/v2/${this.path}/tags/list`, { type: 'application/json', body: Buffer.from(JSON.stringify({ name: this.path, tags: [version] })) });
    [version, digest(manifest)].forEach(reference => this.content.set(`/v2/${this.path}/manifests/${reference}`, { type, body: manifest }));
  }
}

function digest(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
