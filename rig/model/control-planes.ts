import { ControlPlane } from '../control-plane/control-plane';

/** Control planes to make clusters of: one that was left as it was found is used again. */
export class ControlPlanes {
  private readonly all: ControlPlane[] = [];
  private readonly free: ControlPlane[] = [];
  /** Whoever saved one may want it back. */
  private readonly saved = new Set<ControlPlane>();

  async take(): Promise<ControlPlane> {
    const free = this.free.pop();
    if (free) { return free; }
    const plane = await ControlPlane.start({ nodes: 0 });
    this.all.push(plane);
    return plane;
  }

  /** From now on it is not stopped before the end. */
  hold(plane: ControlPlane): void {
    this.saved.add(plane);
  }

  /** Takes one that was held, to bring it back to what it was. */
  reclaim(plane: ControlPlane): void {
    const at = this.free.indexOf(plane);
    if (at >= 0) { this.free.splice(at, 1); }
  }

  async giveBack(plane: ControlPlane, isAsFound: boolean): Promise<void> {
    if (isAsFound) {
      this.free.push(plane);
    } else if (!this.saved.has(plane)) {
      this.all.splice(this.all.indexOf(plane), 1);
      await plane.stop();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.splice(0).map(plane => plane.stop()));
  }
}
