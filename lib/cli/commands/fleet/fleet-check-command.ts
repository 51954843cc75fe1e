import { writeText } from '../../terminal/command-io.js';
import { type FleetTools, openedFleet } from './fleet-tools.js';

const WORDS = { ok: 'ok', warning: 'WARN', refused: 'REFUSED' } as const;

/** `cimlet fleet check`: what a fleet depends on, each with its remedy. Exit code 0 when nothing is refused. */
export async function runFleetCheck(tools: FleetTools): Promise<number> {
  const { io, options } = tools;
  await using fleet = await openedFleet(tools);
  const findings = await fleet.check();
  for (const finding of findings) {
    const { what, verdict, found, remedy } = finding;
    const text = `${WORDS[verdict].padEnd(7)}  ${what.padEnd(11)}  ${found}`;
    const lines = remedy === undefined ? [text] : [text, `                      ${remedy}`];
    await writeText(io.stdout, options.json ? `${JSON.stringify(finding)}\n` : `${lines.join('\n')}\n`);
  }
  return findings.some(({ verdict }) => verdict === 'refused') ? 1 : 0;
}
