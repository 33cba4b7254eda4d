import { ApiObjectMetadata } from 'cdk8s';
import { checkNamespace } from '../private/kubernetes-names';

/** Metadata without what is undefined: cdk8s takes an undefined name for a name, and generates none. */
export function objectMetadata(metadata: ApiObjectMetadata): ApiObjectMetadata {
  checkNamespace('namespace', metadata.namespace);
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
