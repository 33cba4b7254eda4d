import { existsSync } from 'fs';
import { join } from 'path';
import { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { ALL_CHECKS } from '../checks/all-checks';
import { Platform } from '../checks/platform';
import { jsonReport, sarifReport, textReport } from '../checks/report';
import { readTemplates } from '../checks/resource';
import { Acknowledgement, CheckSettings, runChecks } from '../checks/run-checks';
import { libraryVersion } from '../private/library-version';

/** How findings are written. */
export type Format = 'text' | 'json' | 'sarif';

/** Checks a synthesized app of any language, whether or not it has the checks in it. */
export function checkAssembly(directory: string, format: Format, settings: CheckSettings = {}): { report: string; hasErrors: boolean } {
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new Error(`"${directory}" holds no cloud assembly: run \`cdk synth\` first, or name its output folder`);
  }
  const stacks = new CloudAssembly(directory).stacksRecursively;
  const templates = readTemplates(stacks.map(stack => ({ path: stack.hierarchicalId, templatePath: stack.templateFullPath })));
  const results = runChecks(new Platform(templates), settings, stacks.flatMap(acknowledgements));
  const reports = {
    text: () => textReport(results),
    json: () => jsonReport(results),
    sarif: () => sarifReport(results, ALL_CHECKS, libraryVersion()),
  };
  return { report: reports[format](), hasErrors: results.some(({ severity, acknowledged }) => severity === 'error' && !acknowledged) };
}

/** What was acknowledged in a stack; of what was acknowledged above stacks an assembly says nothing. */
function acknowledgements(stack: CloudFormationStackArtifact): Acknowledgement[] {
  return stack.findMetadataByType('aws:cdk:acknowledged-rules').flatMap(({ path, data }) =>
    Object.entries(data as any as { [id: string]: string }).map(([id, reason]) => ({ path: path.replace(/^\//, ''), id, reason })));
}
