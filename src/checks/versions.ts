/** 36 of '1.36' and of '1.36.2'. */
export function minorOf(version: string): number {
  return Number(String(version).split('.')[1]);
}
