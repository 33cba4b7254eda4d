import { AssemblyStack } from '../engine/assembly';
import { isCustom } from '../engine/template';

/** One thing that was tried. */
export interface Act {
  readonly name: string;
  readonly seconds: number;
  /** What was not as it should be; none where all was well. */
  readonly findings: string[];
  /** What is so and may be so, but is worth knowing. */
  readonly notes: string[];
}

/** Acts that follow each other in one rig. */
export interface Part {
  readonly name: string;
  readonly seconds: number;
  readonly acts: Act[];
}

/** What was rehearsed. */
export interface StackSize {
  readonly name: string;
  readonly resources: number;
  readonly customResources: number;
  readonly types: number;
}

export interface Report {
  /** When it began, in ISO 8601. */
  readonly date: string;
  /** Of the programs that did it. */
  readonly versions: { readonly [program: string]: string };
  readonly stacks: StackSize[];
  readonly ok: boolean;
  readonly seconds: number;
  readonly parts: Part[];
}

export function isGood(acts: Act[]): boolean {
  return acts.every(({ findings }) => findings.length === 0);
}

export function sizeOf({ name, template }: AssemblyStack): StackSize {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  return { name, resources: types.length, customResources: types.filter(isCustom).length, types: new Set(types).size };
}

export function asLines({ name, seconds, findings, notes }: Act): string {
  return [
    `${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`,
    ...findings.map(finding => `       ${finding}`),
    ...notes.map(note => `     - ${note}`),
  ].join('\n');
}

/** The whole report as Markdown. */
export function summary({ date, versions, stacks, seconds, parts }: Report): string {
  const acts = parts.flatMap(part => part.acts);
  return [
    `${date.slice(0, 16).replace('T', ' ')} UTC, ${Object.entries(versions).map(([program, version]) => `${program} ${version}`).join(', ')}`,
    '',
    ...table(['stack', 'resources', 'of these custom', 'types'], stacks.map(s => [s.name, s.resources, s.customResources, s.types])),
    '',
    ...table(['part', 'acts', 'steps that were made to fail', 'not as it should be', 'time'], [
      ...parts.map(part => row(part.name, part.acts, part.seconds)),
      row('all', acts, seconds),
    ]),
    '',
    'A model was asked, not AWS.',
  ].join('\n');
}

function row(name: string, acts: Act[], seconds: number): (string | number)[] {
  const bad = acts.filter(({ findings }) => findings.length > 0).length;
  return [name, acts.length, acts.filter(act => /^fail (before|after) |, failing after /.test(act.name)).length, bad, `${Math.floor(seconds / 60)} min ${seconds % 60} s`];
}

function table(head: string[], rows: (string | number)[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`);
}
