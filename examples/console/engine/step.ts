import { randomBytes } from 'node:crypto';
import { type CimletClient, Secret } from 'cimlet';
import { ExpectedHost, type PlanStep, powershellLine } from 'cimlet/pairs';
import { refuse } from './problem.js';

/** One call of a plan. The secret is apart, so that nothing that is written has it. */
export interface Step extends PlanStep {
  /** Null switches authentication off; undefined leaves it as it is. */
  readonly secret?: Secret | null | undefined;
}

/** The cmdlets that a plan of the engine's own may run: no other is ever called by name. */
const CMDLETS = {
  'Add-DhcpServerv4Failover': 'addDhcpServerv4Failover',
  'Set-DhcpServerv4Failover': 'setDhcpServerv4Failover',
  'Add-DhcpServerv4FailoverScope': 'addDhcpServerv4FailoverScope',
  'Add-DhcpServerv4Reservation': 'addDhcpServerv4Reservation',
  'Set-DhcpServerv4Reservation': 'setDhcpServerv4Reservation',
  'Remove-DhcpServerv4Reservation': 'removeDhcpServerv4Reservation',
  'Remove-DhcpServerv4Lease': 'removeDhcpServerv4Lease',
  'Add-DhcpServerv4ExclusionRange': 'addDhcpServerv4ExclusionRange',
  'Remove-DhcpServerv4ExclusionRange': 'removeDhcpServerv4ExclusionRange',
  'Set-DhcpServerv4OptionValue': 'setDhcpServerv4OptionValue',
  'Remove-DhcpServerv4OptionValue': 'removeDhcpServerv4OptionValue',
} as const;
export type PlannedCmdlet = keyof typeof CMDLETS;

/** Where the line takes the secret from: it is not written. */
const SECRET_NAME = 'DHCP_SHARED_SECRET';

/** The same call in PowerShell, without its secret. */
export function lineOf(step: Step): string {
  const line = powershellLine(step);
  if (step.secret === undefined) return line;
  return `${line} -SharedSecret ${step.secret === null ? '$null' : `$env:${SECRET_NAME}`}`;
}

type Call = (parameters: object, options: object) => PromiseLike<unknown>;

/** Makes the call. Questions but its own are answered no, and kept. */
export async function runStep(client: CimletClient, step: Step, signal: AbortSignal, refused: string[]): Promise<void> {
  const name = Object.hasOwn(CMDLETS, step.cmdlet) ? CMDLETS[step.cmdlet as PlannedCmdlet] : undefined;
  if (name === undefined) throw new TypeError(`${step.cmdlet} is no cmdlet of a plan.`);
  const CimSession = await client.session(step.server);
  const host = new ExpectedHost({ cmdlet: step.cmdlet, server: step.server, questions: questionsOf(step) });
  const secret = step.secret === undefined ? {} : { SharedSecret: step.secret };
  // Its parameters were written by the plan, and the engine of the library binds them.
  const call = client[name] as Call;
  try {
    await call({ ...step.parameters, ...secret, CimSession }, { signal, host });
  } finally {
    refused.push(...host.refused);
  }
  if (host.refused.length > 0) {
    throw refuse(
      'REFUSED',
      `${step.server} asked something that the plan did not expect; it was answered no.`,
      null,
      step.server,
    );
  }
}

/** Set- and Add-DhcpServerv4Failover ask about a secret that travels, and about a mode that changes; others ask once at most. */
export const questionsOf = ({ secret, parameters }: Step): number =>
  Math.max(1, (secret instanceof Secret ? 1 : 0) + ('Mode' in parameters ? 1 : 0));

/** A shared secret of 32 characters that nobody has to read. */
export const generatedSecret = (): Secret => new Secret(randomBytes(24).toString('base64url'));

/** `1.02:30:00`. */
export function secondsText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days === 0 ? time : `${days}.${time}`;
}
