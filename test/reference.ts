import { existsSync } from 'fs';
import { join, resolve } from 'path';

/**
 * The folder with reference data that the tests compare with (CRDs, IAM policies, chart values, schemas), or undefined.
 *
 * The data belongs to other projects, so it stands beside the repository and not in it.
 */
export function referenceDir(): string | undefined {
  const dir = process.env.EKS_SLIPWAY_REFERENCE ?? resolve(__dirname, '..', '..', 'shared', 'reference');
  return existsSync(join(dir, 'MANIFEST.md')) ? dir : undefined;
}

/** A `describe` whose tests read the reference data; where it is absent they are skipped, and the title says why. */
export function describeWithReference(title: string, tests: (dir: string) => void): void {
  const dir = referenceDir();
  if (dir) {
    describe(title, () => tests(dir));
  } else {
    // past jest's reporters, which hide the titles of skipped tests
    process.stderr.write(`skipped: ${title}: no reference data at ../shared/reference (beside the repository)\n`);
    describe(title, () => {
      test.skip('skipped: no reference data at ../shared/reference (beside the repository)', () => undefined);
    });
  }
}
