import { Chart, ChartProps, Testing } from 'cdk8s';

/** The manifest that a chart with these constructs makes. */
export function render(build: (chart: Chart) => void, props: ChartProps = {}): any[] {
  const chart = new Chart(Testing.app(), 'test', props);
  build(chart);
  return Testing.synth(chart);
}

/** The only object of a kind in a manifest. */
export function only(manifest: any[], kind: string): any {
  const found = manifest.filter(object => object.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
}
