import { invalidArgument } from '../../base/errors.js';
import { checkOptionForms, TEXTS } from '../../base/option-forms.js';
import { wildcard } from '../../cmdlet/convert/wildcard.js';
import type { FleetAllowance } from '../contract/fleet-worker.js';
import { computerKey } from '../plan/computer-key.js';

const REMEDY =
  "Say what this worker may do: { cmdlets: ['Get-*'], computers: ['*.contoso.com'] }. By default it does nothing.";

/** What a worker does for a queue that others can write to. */
export class Allowance {
  readonly #cmdlets: readonly RegExp[];
  readonly #computers: readonly RegExp[];

  /** @throws CimletError `ERR_INVALID_ARGUMENT`. */
  constructor(allow: FleetAllowance) {
    if (typeof allow !== 'object' || allow === null) throw invalidArgument('allow', allow, REMEDY);
    checkOptionForms(allow, { cmdlets: TEXTS, computers: TEXTS }, 'list of what is allowed', 'allow.');
    const { cmdlets, computers } = allow as Partial<FleetAllowance>;
    if (cmdlets === undefined || computers === undefined) throw invalidArgument('allow', Object('it'), REMEDY);
    this.#cmdlets = cmdlets.map((pattern) => wildcard(pattern));
    this.#computers = computers.map((pattern) => wildcard(computerKey(pattern)));
  }

  allowsCmdlet(name: string): boolean {
    return this.#cmdlets.some((pattern) => pattern.test(name));
  }

  allowsComputer(computer: string): boolean {
    const key = computerKey(computer);
    return this.#computers.some((pattern) => pattern.test(key));
  }
}
