import { Act, asLines, Report, summary } from '../../rig/rehearsal/report';

const act = (name: string, ...findings: string[]): Act => ({ name, seconds: 1.25, findings, notes: [] });

const report: Report = {
  date: '2026-01-02T03:04:05.678Z',
  versions: { 'Kubernetes': '1.36.4', 'Node.js': '20.20.2' },
  stacks: [{ name: 'Platform', resources: 90, customResources: 8, types: 32 }],
  ok: false,
  seconds: 125,
  parts: [
    { name: 'life', seconds: 44, acts: [act('create'), act('delete')] },
    { name: 'changes', seconds: 20, acts: [act('Platform: another label, and back'), act('Platform: another label, failing after Chart')] },
    { name: 'fail-on-create-after', seconds: 60, acts: [act('create Platform, one resource at a time'), act('fail after the create of Platform/Vpc, roll back', 'left over: it', 'and that')] },
  ],
};

test('the summary says when, by what and of what, and counts for each part what was tried, made to fail and found', () => {
  const lines = summary(report).split('\n');
  expect(lines[0]).toBe('2026-01-02 03:04 UTC, Kubernetes 1.36.4, Node.js 20.20.2');
  expect(lines).toEqual(expect.arrayContaining([
    '| Platform | 90 | 8 | 32 |',
    '| life | 2 | 0 | 0 | 0 min 44 s |',
    '| changes | 2 | 1 | 0 | 0 min 20 s |',
    '| fail-on-create-after | 2 | 1 | 1 | 1 min 0 s |',
    '| all | 6 | 2 | 1 | 2 min 5 s |',
  ]));
});

test('an act that went wrong says what was found', () => {
  expect(asLines(report.parts[2].acts[1])).toBe('FAIL fail after the create of Platform/Vpc, roll back (1.3 s)\n       left over: it\n       and that');
});
