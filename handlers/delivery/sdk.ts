import { createRequire } from 'node:module';

/** Loads a client of the SDK that the Lambda runtime brings, when it is needed. It stands on NODE_PATH, where `import()` does not look. */
export const loadSdk = createRequire(__filename);

/** For services that may be out of reach: the SDK itself would wait until the function is stopped. */
export const SDK_OPTIONS = { maxAttempts: 6, requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true } };
