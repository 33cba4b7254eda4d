import { createHash } from 'node:crypto';
import { CloudFormationEvent } from './events';

/** The custom resource that delivers something: known by stack name and logical id, as a create that never answered has no physical id. */
export class Owner {
  static of(event: CloudFormationEvent, cluster: string): Owner {
    const [, , , region, account, resource] = event.StackId.split(':');
    return new Owner(cluster, `${account}/${region}/${resource.split('/')[1]}`, event.LogicalResourceId);
  }

  /** A name for this owner that fits a label, an object name and a field manager. */
  readonly hash: string;
  /** The same for every request to one cluster. */
  readonly physicalId: string;

  constructor(readonly cluster: string, readonly stack: string, readonly logicalId: string) {
    this.hash = createHash('sha256').update(`${cluster}\n${stack}\n${logicalId}`).digest('hex').slice(0, 16);
    this.physicalId = `${cluster}/${stack.split('/')[2]}/${logicalId}`;
  }

  /** One field manager per owner: when two owners create the same object at once, the server itself refuses the second. */
  get fieldManager(): string {
    return `eks-slipway/${this.hash}`;
  }

  /** Another custom resource of the same stack that delivers into the same cluster; undefined if the text names none. */
  siblingIn(text: string): Owner | undefined {
    const [cluster, stack, logicalId] = text.split(':');
    return cluster === this.cluster && stack === this.stack && logicalId !== this.logicalId ? this.siblingCalled(logicalId) : undefined;
  }

  siblingCalled(logicalId: string): Owner {
    return new Owner(this.cluster, this.stack, logicalId);
  }

  toString(): string {
    return `${this.cluster}:${this.stack}:${this.logicalId}`;
  }

  /** For texts that people read. */
  describe(): string {
    return describeOwner(this.toString());
  }
}

export function describeOwner(owner: string): string {
  const [cluster, stack, logicalId] = owner.split(':');
  const [account, region, name] = (stack ?? '').split('/');
  return `"${logicalId}" of stack ${name} (account ${account}, ${region}, cluster ${cluster})`;
}
