import { Answer } from '../endpoints';

/** A refusal as AWS words it. */
export class ApiError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** A request of the query protocol: an action and its parameters, lists as `Name.1`, `Name.2`. */
export class Query {
  private readonly parameters: URLSearchParams;

  constructor(body: string) {
    this.parameters = new URLSearchParams(body);
  }

  get action(): string {
    return this.get('Action');
  }

  get(name: string): string {
    return this.parameters.get(name) ?? '';
  }

  list(name: string): string[] {
    const values: string[] = [];
    for (let i = 1; this.parameters.has(`${name}.${i}`); i++) { values.push(this.get(`${name}.${i}`)); }
    return values;
  }

  /** The filters of EC2's describe calls. */
  filters(): { readonly name: string; readonly values: string[] }[] {
    const filters: { name: string; values: string[] }[] = [];
    for (let i = 1; this.parameters.has(`Filter.${i}.Name`); i++) {
      filters.push({ name: this.get(`Filter.${i}.Name`), values: this.list(`Filter.${i}.Value`) });
    }
    return filters;
  }
}

/** The actions of one service: each gives the content of its response. */
export type Actions = { [action: string]: (query: Query) => object };

/** Answers in the XML of EC2, or in that of the other services, which wrap the content in a result. */
export function answer(actions: Actions, body: string, style: 'ec2' | 'result'): Answer {
  const query = new Query(body);
  const headers = { 'content-type': 'text/xml' };
  try {
    const work = actions[query.action];
    if (!work) { throw new ApiError('InvalidAction', `the rig does not know the action ${query.action}`); }
    const content = xml(work(query));
    const inner = style === 'ec2' ? content : `<${query.action}Result>${content}</${query.action}Result>`;
    return { headers, body: `<${query.action}Response><requestId>rig</requestId>${inner}</${query.action}Response>` };
  } catch (e) {
    const error = xml({ Error: { Type: 'Sender', Code: e instanceof ApiError ? e.code : 'InternalFailure', Message: (e as Error).message } });
    return { headers, status: 400, body: style === 'ec2' ? `<Response><Errors>${error}</Errors></Response>` : `<ErrorResponse>${error}</ErrorResponse>` };
  }
}

function xml(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value ?? '').replace(/[<&>]/g, character => `&#${character.charCodeAt(0)};`);
  }
  return Object.entries(value).flatMap(([name, items]) => [items].flat().map(item => `<${name}>${xml(item)}</${name}>`)).join('');
}
