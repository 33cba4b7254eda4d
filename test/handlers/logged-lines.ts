/** The lines that are logged in a test, afresh for each. What is spied on is as it was after each. */
export function loggedLines(): string[] {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    jest.spyOn(console, 'log').mockImplementation(line => { lines.push(line); });
  });
  afterEach(() => jest.restoreAllMocks());
  return lines;
}
