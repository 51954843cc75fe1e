import { describe, expect, it } from '@jest/globals';
import { FleetProgressLine } from '../../../../lib/cli/commands/fleet/fleet-progress-line.js';
import { statusOf } from './fake-fleet.js';

function terminal(columns: number | undefined, isTTY = true) {
  const written: string[] = [];
  const sink = {
    write: (text: string) => written.push(text) > 0,
    once: () => {},
    removeListener: () => {},
    isTTY,
    ...(columns === undefined ? {} : { columns }),
  };
  let now = 0;
  const line = new FleetProgressLine(sink, () => now);
  return {
    line,
    last: () => written.at(-1)?.replace('\r\u001b[K', ''),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

const running = (settled: number) =>
  statusOf({ state: 'running', total: 5_000, settled, failed: 3, stage: 2, stages: 3, workers: 2 });

describe('the line of a run', () => {
  it('says how far it has come, how fast, and how long it takes', () => {
    const { line, last, advance } = terminal(120);
    line.update(running(380));
    advance(2_000);
    line.update(running(1_204));
    expect(last()).toBe('1,204 of 5,000 · 3 failed · stage 2 of 3 · 412/s · 2 workers · about 10 s');
    line.clear();
    expect(last()).toBe('');
  });

  it('is as long as the terminal is wide, and there where that is not known', () => {
    const narrow = terminal(20);
    narrow.line.update(running(1_204));
    expect(narrow.last()?.length).toBe(19);
    const unknown = terminal(0);
    unknown.line.update(running(1_204));
    expect(unknown.last()).toContain('1,204 of 5,000 · 3 failed');
  });

  it('is nothing where there is no terminal', () => {
    const { line, last } = terminal(80, false);
    line.update(running(1));
    line.clear();
    expect(last()).toBeUndefined();
  });
});
