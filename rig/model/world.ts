import { Properties } from '../engine/provider';

/** Something in the account: a resource of a stack, or what somebody made beside CloudFormation. */
export interface Thing {
  readonly type: string;
  readonly id: string;
  /** `STACK/LOGICAL-ID`, or who made it. */
  readonly owner: string;
  properties: Properties;
  attributes: { [name: string]: unknown };
}

/** All that is in the account. */
export class World {
  private readonly things = new Map<string, Thing>();
  private readonly since = new Map<string, number>();
  private count = 0;

  get all(): Thing[] {
    return [...this.things.values()];
  }

  /** Another number each time. */
  serial(): number {
    return ++this.count;
  }

  add(thing: Thing): Thing {
    if (this.get(thing.type, thing.id)) { throw new Error(`${thing.type} "${thing.id}" already exists`); }
    this.things.set(key(thing.type, thing.id), thing);
    this.since.set(key(thing.type, thing.id), Date.now());
    return thing;
  }

  get(type: string, id: string): Thing | undefined {
    return this.things.get(key(type, id));
  }

  /** For how many milliseconds something has been there. */
  ageOf({ type, id }: Pick<Thing, 'type' | 'id'>): number {
    return Date.now() - this.since.get(key(type, id))!;
  }

  remove({ type, id }: Pick<Thing, 'type' | 'id'>): void {
    this.things.delete(key(type, id));
  }

  ofType(type: string): Thing[] {
    return this.all.filter(thing => thing.type === type);
  }

  /** Keeps all that is there, and returns how to have just that back. */
  save(): () => void {
    const { count } = this;
    const things = structuredClone(this.things);
    const since = new Map(this.since);
    return () => {
      this.count = count;
      replace(this.things, structuredClone(things));
      replace(this.since, since);
    };
  }

  /** Things of some types whose properties name an id. */
  usersOf(id: string, types: string[]): Thing[] {
    return this.all.filter(thing => types.includes(thing.type) && thing.id !== id && names(thing.properties, id));
  }
}

function replace<T>(map: Map<string, T>, by: Map<string, T>): void {
  map.clear();
  by.forEach((value, name) => map.set(name, value));
}

function key(type: string, id: string): string {
  return `${type} ${id}`;
}

function names(value: unknown, id: string): boolean {
  return value === id || (typeof value === 'object' && value !== null && Object.values(value).some(item => names(item, id)));
}
