import { randomUUID } from 'crypto';
import { CreateFailure, ExistingResourceRequest, ResourceProvider, ResourceRequest, ResourceResult, UpdateRequest } from './provider';

/** What CloudFormation sends to the function behind a custom resource. */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ServiceToken: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Record<string, unknown>;
  readonly OldResourceProperties?: Record<string, unknown>;
}

/** Where answers arrive. */
export interface Mailbox {
  /** An address for one answer, and the text that is put there first; later ones are not heard. */
  open(requestId: string): { readonly url: string; readonly answer: Promise<string>; close(): void };
}

export interface CustomResourcesOptions {
  readonly mailbox: Mailbox;
  /** Hands an event on and does not wait: the function answers through the mailbox. */
  readonly invoke: (serviceToken: string, event: CustomResourceEvent) => void;
  /** Milliseconds that CloudFormation waits for an answer: an hour, or less for the rehearsal of one. */
  readonly patience: number;
}

interface Answer {
  readonly PhysicalResourceId: string;
  readonly Data?: { [name: string]: unknown };
}

const LONGEST_ANSWER = 4096;

/** Resources that a function deals with. */
export class CustomResources implements ResourceProvider {
  constructor(private readonly options: CustomResourcesOptions) {}

  async create(request: ResourceRequest): Promise<ResourceResult> {
    // If the function never answers, CloudFormation deletes by a name of its own making.
    const answer = await this.ask('Create', request, {}).catch(e => {
      throw new CreateFailure(e.message, e.physicalId ?? `${request.stackName}-${request.logicalId}-NEVERANSWERED`);
    });
    return { physicalId: answer.PhysicalResourceId, attributes: answer.Data ?? {} };
  }

  async update(request: UpdateRequest): Promise<ResourceResult> {
    const answer = await this.ask('Update', request, {
      PhysicalResourceId: request.physicalId, OldResourceProperties: stringified(request.oldProperties),
    });
    return { physicalId: answer.PhysicalResourceId, attributes: answer.Data ?? {} };
  }

  async delete(request: ExistingResourceRequest): Promise<void> {
    await this.ask('Delete', request, { PhysicalResourceId: request.physicalId });
  }

  private async ask(type: CustomResourceEvent['RequestType'], request: ResourceRequest, more: Partial<CustomResourceEvent>): Promise<Answer> {
    const requestId = randomUUID();
    const { url, answer, close } = this.options.mailbox.open(requestId);
    const token = request.properties.ServiceToken;
    let timer: NodeJS.Timeout | undefined;
    try {
      this.options.invoke(token, {
        RequestType: type,
        ServiceToken: token,
        ResponseURL: url,
        StackId: request.stackId,
        RequestId: requestId,
        ResourceType: request.type,
        LogicalResourceId: request.logicalId,
        ResourceProperties: stringified(request.properties),
        ...more,
      });
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('CloudFormation did not receive a response from your Custom Resource')), this.options.patience);
      });
      return read(await Promise.race([answer, tooLate]), requestId);
    } finally {
      clearTimeout(timer);
      close();
    }
  }
}

function read(text: string, requestId: string): Answer {
  if (Buffer.byteLength(text) > LONGEST_ANSWER) { throw new Error('response object is too long'); }
  let answer: any;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error('invalid response object: it is not JSON');
  }
  if (answer.RequestId !== requestId) { throw new Error('invalid response object: the "RequestId" is not the one of the request'); }
  if (!answer.PhysicalResourceId) { throw new Error('invalid PhysicalResourceId'); }
  if (answer.Status !== 'SUCCESS') {
    throw Object.assign(new Error(answer.Reason ?? 'no reason given'), { physicalId: answer.PhysicalResourceId });
  }
  return answer;
}

/** CloudFormation hands every scalar on as a string, and nothing on that is null. */
export function stringified(value: any): any {
  if (Array.isArray(value)) { return value.map(stringified); }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
    return Object.fromEntries(entries.map(([key, item]) => [key, stringified(item)]));
  }
  return String(value);
}
