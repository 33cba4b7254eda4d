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
    return thing;
  }

  get(type: string, id: string): Thing | undefined {
    return this.things.get(key(type, id));
  }

  remove({ type, id }: Pick<Thing, 'type' | 'id'>): void {
    this.things.delete(key(type, id));
  }

  ofType(type: string): Thing[] {
    return this.all.filter(thing => thing.type === type);
  }

  /** Things of some types whose properties name an id. */
  usersOf(id: string, types: string[]): Thing[] {
    return this.all.filter(thing => types.includes(thing.type) && thing.id !== id && names(thing.properties, id));
  }
}

function key(type: string, id: string): string {
  return `${type} ${id}`;
}

function names(value: unknown, id: string): boolean {
  return value === id || (typeof value === 'object' && value !== null && Object.values(value).some(item => names(item, id)));
}
