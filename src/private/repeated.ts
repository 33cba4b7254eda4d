/** The first item that a list has before already. */
export function repeated<T>(list: T[]): T | undefined {
  return list.find((item, index) => list.indexOf(item) !== index);
}
