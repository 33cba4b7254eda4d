import { ApiObjectMetadata } from 'cdk8s';

/** Metadata without what is undefined: cdk8s takes an undefined name for a name, and generates none. */
export function objectMetadata(metadata: ApiObjectMetadata): ApiObjectMetadata {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
