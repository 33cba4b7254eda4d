import { Engine } from '../../rig/engine/engine';
import { NOWHERE } from '../../rig/engine/environment';
import { CreateFailure, ExistingResourceRequest, ResourceProvider, ResourceRequest, ResourceResult, UpdateRequest } from '../../rig/engine/provider';

/** Keeps resources in memory and writes down what it was asked for. */
export class MemoryProvider implements ResourceProvider {
  /** Such as `create A`, `update A new`, `delete A-1`. */
  readonly calls: string[] = [];
  /** What is there, by physical id. */
  readonly there = new Map<string, ResourceRequest>();
  /** Calls that fail, by the text in `calls`; a call is asked for only once unless it ends with '*'. */
  readonly failing = new Set<string>();
  private made = 0;

  async create(request: ResourceRequest): Promise<ResourceResult> {
    const physicalId = `${request.logicalId}-${++this.made}`;
    this.call(`create ${request.logicalId}`);
    this.there.set(physicalId, request);
    if (request.properties.HalfMade) { throw new CreateFailure('half made', physicalId); }
    return { physicalId, attributes: { Arn: `arn:${physicalId}` } };
  }

  async update(request: UpdateRequest): Promise<ResourceResult> {
    this.call(`update ${request.physicalId} ${request.properties.Value ?? ''}`.trim());
    const physicalId = request.properties.ChangeId ? `${request.logicalId}-${++this.made}` : request.physicalId;
    this.there.set(physicalId, request);
    return { physicalId, attributes: { Arn: `arn:${physicalId}` } };
  }

  async delete({ physicalId }: ExistingResourceRequest): Promise<void> {
    this.call(`delete ${physicalId}`);
    this.there.delete(physicalId);
  }

  private call(text: string): void {
    this.calls.push(text);
    if (this.failing.has(`${text}*`) || this.failing.delete(text)) { throw new Error(`${text} fails`); }
  }
}

/** An engine over a provider in memory; the property `Fixed` can only be changed by a replacement. */
export function memoryEngine(): { engine: Engine; provider: MemoryProvider } {
  const provider = new MemoryProvider();
  return { provider, engine: new Engine({ environment: NOWHERE, provider, replaces: (_, path) => path[0] === 'Fixed' }) };
}
