/** Where an add-on runs, and what it needs, as its docs say it: `- **Fargate**: no, a DaemonSet.` */
export const FIT = ['Auto Mode', 'Fargate', 'Windows', 'arm64'];

const LINE = /^- \*\*([^*]+)\*\*: (.+(?:\n {2,}.+)*)$/gm;

/** The lines of a text that say so, by what they are about. */
export function fit(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(LINE)].map(([, about, what]) => [about, what.replace(/\n\s+/g, ' ')]));
}

/** The text without them. */
export function withoutFit(text: string): string {
  return text.replace(LINE, '').replace(/\n{3,}/g, '\n\n').trim();
}

/** The docs of an exported class, as they stand in its file. */
export function classDocs(source: string, name: string): string {
  const before = source.split(new RegExp(`^export class ${name} `, 'm'))[0];
  const comment = before.slice(before.lastIndexOf('/**')).match(/^\/\*\*([\s\S]*)\*\/\s*$/)?.[1] ?? '';
  return comment.replace(/^ \* ?/gm, '').trim();
}
