import { expect, it } from '@jest/globals';
import { joinMetrics, WorkerFigures } from '../../../lib/fleet/worker/worker-figures.js';

it('metrics of several queues are one text, each metric once with all its samples', () => {
  const text = (queue: string) => `# HELP jobs Jobs.\n# TYPE jobs gauge\njobs{queue="${queue}"} 1\n`;
  const figures = new WorkerFigures();
  figures.settled({ state: 'failed', error: { code: 'ERR_TIMEOUT', message: '' } });
  figures.settled({ state: 'failed', error: { code: 'ERR_TIMEOUT', message: '' } });
  const lines = joinMetrics([text('a'), text('b'), figures.text(3)]).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    '# HELP jobs Jobs.',
    '# TYPE jobs gauge',
    'jobs{queue="a"} 1',
    'jobs{queue="b"} 1',
  ]);
  expect(lines).toContain('cimlet_fleet_outcomes_total{state="failed",code="ERR_TIMEOUT"} 2');
  expect(lines).toContain('cimlet_fleet_running 3');
});
