import type { FleetOutcome, FleetStatus } from '../../../fleet/index.js';
import { timeText } from './fleet-progress-line.js';
import { numberText } from './fleet-tools.js';

/** 0: all ok; 1: not; 3: it goes on. */
export function exitCodeOfRun({ state, ok, total }: FleetStatus): 0 | 1 | 3 {
  if (state !== 'ended') return 3;
  return ok === total ? 0 : 1;
}

/** `Get-DhcpServerv4Scope ended: 4,990 of 5,000 ok, 10 failed. 12 s.`, with the reason where it was stopped. */
export function statusText(status: FleetStatus): string {
  const { cmdlet, state, end, reason, total, ok, found, failed, unknown, skipped, submitted, ended } = status;
  const counts = [
    `${numberText(ok)} of ${numberText(total)} ok${found > 0 ? `, ${numberText(found)} of them done before` : ''}`,
    ...(failed > 0 ? [`${numberText(failed)} failed`] : []),
    ...(unknown > 0 ? [`${numberText(unknown)} unknown`] : []),
    ...(skipped > 0 ? [`${numberText(skipped)} skipped`] : []),
  ];
  const how =
    state !== 'ended' ? state : end === 'deadline' ? 'reached its deadline' : end === 'done' ? 'ended' : (end ?? state);
  const time = ended === undefined ? '' : ` ${timeText((Date.parse(ended) - Date.parse(submitted)) / 1000)}.`;
  return `${cmdlet} ${how}: ${counts.join(', ')}.${time}${reason === undefined ? '' : ` ${reason}`}`;
}

/** `failed   dhcp1.contoso.com  DHCP 20005  There is no such scope.` */
export function outcomeText({ state, target, error, found, attempt, truncated }: FleetOutcome): string {
  const parts = [state.padEnd(7), target];
  if (error !== undefined) parts.push(`${error.id ?? error.code}: ${error.message.replaceAll(/\s+/g, ' ')}`);
  if (found === true) parts.push('(done before)');
  if (attempt > 1) parts.push(`(try ${attempt})`);
  if (truncated === true) parts.push('(output cut)');
  return parts.join('  ');
}
