import { createRequire } from 'node:module';

/** Loads a client of the SDK that the Lambda runtime brings, when it is needed. It stands on NODE_PATH, where `import()` does not look. */
export const loadSdk = createRequire(__filename);
