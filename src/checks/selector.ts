/** Whether a selector by labels takes a pod with these; one without labels takes none. */
export function selects(selector: { [key: string]: string } | undefined, labels: { [key: string]: string }): boolean {
  const keys = Object.keys(selector ?? {});
  return keys.length > 0 && keys.every(key => labels[key] === selector![key]);
}
