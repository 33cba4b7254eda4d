import { basename } from 'path';
import { Check } from './check';
import { Result } from './run-checks';

/** For people. */
export function textReport(results: Result[]): string {
  const open = results.filter(({ acknowledged }) => !acknowledged);
  const lines = open.map(({ check, finding, severity, id }) => [
    `${severity}: ${where(finding)}: ${finding.message}`,
    `  ${check.fix}`,
    `  ${id} ${check.link}`,
  ].join('\n'));
  const accepted = results.flatMap(({ acknowledged, id }) => acknowledged ? [`acknowledged: ${id}: ${acknowledged.reason}`] : []);
  const count = (severity: string) => {
    const found = open.filter(result => result.severity === severity).length;
    return `${found} ${severity}${found === 1 ? '' : 's'}`;
  };
  return [...lines, ...accepted, `${count('error')}, ${count('warning')}, ${accepted.length} acknowledged`].join('\n');
}

/** For programs. */
export function jsonReport(results: Result[]): string {
  return JSON.stringify(results.map(({ check, finding, severity, id, acknowledged }) => ({
    id,
    check: check.id,
    severity,
    title: check.title,
    message: finding.message,
    fix: check.fix,
    link: check.link,
    template: basename(finding.resource.template.templatePath),
    logicalId: finding.resource.logicalId,
    path: finding.resource.path,
    object: finding.object,
    location: finding.location,
    acknowledged: acknowledged && { reason: acknowledged.reason, path: acknowledged.path },
  })), undefined, 2);
}

/**
 * For code scanning.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(results: Result[], checks: Check[], version: string): string {
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'eks-slipway',
          semanticVersion: version,
          rules: checks.map(({ id, title, fix, reason, link, severity }) => ({
            id,
            shortDescription: { text: title },
            fullDescription: { text: reason },
            help: { text: fix },
            helpUri: link,
            defaultConfiguration: { level: severity },
          })),
        },
      },
      results: results.map(({ check, finding, severity, id, acknowledged }) => ({
        ruleId: check.id,
        level: severity,
        message: { text: `${where(finding)}: ${finding.message}. ${check.fix}` },
        locations: [{
          physicalLocation: { artifactLocation: { uri: basename(finding.resource.template.templatePath) } },
          logicalLocations: [{ fullyQualifiedName: finding.resource.path, name: finding.resource.logicalId, kind: 'resource' }],
        }],
        partialFingerprints: { finding: id },
        suppressions: acknowledged ? [{ kind: 'external', justification: acknowledged.reason }] : [],
      })),
    }],
  }, undefined, 2);
}

function where({ resource, object, location }: Result['finding']): string {
  return [resource.path, object, location].filter(Boolean).join(' ');
}
