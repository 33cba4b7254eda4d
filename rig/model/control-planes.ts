import { ControlPlane } from '../control-plane/control-plane';

/** Control planes to make clusters of: one that was left as it was found is used again. */
export class ControlPlanes {
  private readonly all: ControlPlane[] = [];
  private readonly free: ControlPlane[] = [];

  async take(): Promise<ControlPlane> {
    const free = this.free.pop();
    if (free) { return free; }
    const plane = await ControlPlane.start({ nodes: 0 });
    this.all.push(plane);
    return plane;
  }

  async giveBack(plane: ControlPlane, isAsFound: boolean): Promise<void> {
    if (isAsFound) {
      this.free.push(plane);
    } else {
      this.all.splice(this.all.indexOf(plane), 1);
      await plane.stop();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.splice(0).map(plane => plane.stop()));
  }
}
