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

export function isGood(acts: Act[]): boolean {
  return acts.every(({ findings }) => findings.length === 0);
}

export function asLines({ name, seconds, findings, notes }: Act): string {
  return [
    `${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`,
    ...findings.map(finding => `       ${finding}`),
    ...notes.map(note => `     - ${note}`),
  ].join('\n');
}

export function summary(acts: Act[]): string {
  const failed = acts.filter(({ findings }) => findings.length > 0).length;
  return `${acts.length} acts, ${failed} of them not as they should be. A model was asked, not AWS.`;
}
