/** What a note of a migration asks of its reader. */
export enum KarpenterMigrationNoteKind {
  /** It is written in another way, or a default of before is written out, and means the same. */
  CHANGED = 'changed',

  /** The new version has no place for it, or nobody needs it any more. */
  DROPPED = 'dropped',

  /** Only you can decide it: until then the migrated objects do something else than before, or do not work. */
  DECIDE = 'decide',
}

/** Something that a migration did, or that it leaves to you. */
export interface KarpenterMigrationNote {
  /** What it asks of you. */
  readonly kind: KarpenterMigrationNoteKind;

  /** The object that it is about, as it came: `Provisioner/default`. */
  readonly object: string;

  /** The field in it: `spec.ttlSecondsAfterEmpty`. Empty for the object as a whole. */
  readonly field: string;

  /** What, and why. */
  readonly text: string;
}

/** The notes on one object. */
export class Notes {
  constructor(private readonly all: KarpenterMigrationNote[], public readonly object: string) {}

  public changed(field: string, text: string): void {
    this.all.push({ kind: KarpenterMigrationNoteKind.CHANGED, object: this.object, field, text });
  }

  public dropped(field: string, text: string): void {
    this.all.push({ kind: KarpenterMigrationNoteKind.DROPPED, object: this.object, field, text });
  }

  public decide(field: string, text: string): void {
    this.all.push({ kind: KarpenterMigrationNoteKind.DECIDE, object: this.object, field, text });
  }
}
