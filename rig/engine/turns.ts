interface Waiting {
  readonly rank: number;
  readonly go: () => void;
}

/** Lets one in at a time: of those that wait, the one of the lowest rank, and of these the first. */
export class Turns {
  private readonly waiting: Waiting[] = [];
  private isTaken = false;

  /** Resolves when it is the caller's turn; `end` gives it to the next one. */
  async take(rank = 0): Promise<void> {
    await new Promise<void>(go => {
      this.waiting.push({ rank, go });
      // Not before all that came at the same time have said so.
      setImmediate(() => this.next());
    });
  }

  end(): void {
    this.isTaken = false;
    this.next();
  }

  private next(): void {
    if (this.isTaken || this.waiting.length === 0) { return; }
    const first = this.waiting.reduce((best, other) => other.rank < best.rank ? other : best);
    this.waiting.splice(this.waiting.indexOf(first), 1);
    this.isTaken = true;
    first.go();
  }
}
