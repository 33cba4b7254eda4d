/** 36 of '1.36' and of '1.36.2'. A number, as a template can hold in the place of a string, is read as its text. */
export function minorOf(version: string): number {
  return Number(String(version).split('.')[1]);
}
