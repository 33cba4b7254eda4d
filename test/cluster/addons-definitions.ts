import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

/** Folders of definitions that are here for reading and of no add-on's, or whose kinds another folder has in a newer version. */
const NOT_OURS = ['karpenter-v0.31.4', 'karpenter-v0.37.0', 'aws-gateway-controller-v2.1.3', 'kro-v0.9.3', 'spark-operator-v2.5.2'];

/** The published definitions of all kinds that add-ons have. */
export function publishedDefinitions(dir: string): any[] {
  return readdirSync(join(dir, 'crds')).filter(folder => !NOT_OURS.includes(folder)).flatMap(folder => readdirSync(join(dir, 'crds', folder))
    .flatMap(file => parseAllDocuments(readFileSync(join(dir, 'crds', folder, file), 'utf8')).map(document => document.toJS()))
    .filter(object => object?.kind === 'CustomResourceDefinition'));
}

/** The published schema of a kind of Auto Mode's as a definition: without what only its publisher has added. */
export function autoModeDefinition(dir: string, kind: 'NodeClass' | 'IngressClassParams'): any {
  const name = kind.toLowerCase();
  const { spec, status } = JSON.parse(readFileSync(join(dir, 'schemas', 'crds-catalog', 'eks.amazonaws.com', `${name}_v1.json`), 'utf8')).properties;
  const plural = kind === 'NodeClass' ? 'nodeclasses' : name;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.eks.amazonaws.com` },
    spec: {
      group: 'eks.amazonaws.com',
      names: { kind, listKind: `${kind}List`, plural, singular: name },
      scope: 'Cluster',
      versions: [{
        name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: structural(spec), status: structural(status) } } },
      }],
    },
  };
}

function structural(value: any): any {
  if (Array.isArray(value)) {
    return value.map(structural);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([key, inner]) => !(key === 'additionalProperties' && inner === false)).map(([key, inner]) => [key, structural(inner)]))
    : value;
}
