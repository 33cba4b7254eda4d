import { ControlPlane, ControlPlaneOptions } from '../../rig/control-plane/control-plane';

/**
 * Gives the tests of a file (or of a `describe`) a control plane of their own: started before the first, stopped after the last.
 *
 * Where there are no programs to start, the tests fail with a text that says how to get them.
 *
 * @returns the control plane, to be asked for inside of a test
 */
export function withControlPlane(options?: ControlPlaneOptions): () => ControlPlane {
  let plane: ControlPlane | undefined;
  beforeAll(async () => { plane = await ControlPlane.start(options); }, 120_000);
  afterAll(async () => plane?.stop());
  return () => {
    if (!plane) { throw new Error('the control plane is there only inside of tests and after "beforeAll"'); }
    return plane;
  };
}
