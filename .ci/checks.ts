/* Writes CHECKS.md: every check, by where a finding shows up. */
import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { ALL_CHECKS } from '../src/checks/all-checks';
import { Check } from '../src/checks/check';

const section = (title: string, checks: Check[]) => [
  `## ${title}`,
  ...checks.map(({ id, title: what, fix, reason, link }) => `### \`${id}\`\n\n${what}. ${reason}\n\n${fix}. [More](${link})`),
].join('\n\n');

const of = (severity: string) => ALL_CHECKS.filter(check => !check.optional && check.severity === severity);
writeFileSync(resolve(__dirname, '..', 'CHECKS.md'), [
  '# Checks',
  `The ${ALL_CHECKS.length} checks of \`checks.PlatformChecks\`, and of \`npx eks-slipway checks\`. [docs/checks.md](docs/checks.md) says how they are `
  + 'used. This file is generated.',
  section('Errors: they cannot work, or are surely unsafe', of('error')),
  section('Warnings', of('warning')),
  section('Off unless enabled: right for some platforms only', ALL_CHECKS.filter(({ optional }) => optional)),
].join('\n\n') + '\n');
