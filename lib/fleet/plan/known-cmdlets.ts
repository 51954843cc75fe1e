import { CimletError, invalidArgument } from '../../base/errors.js';
import { suggestion } from '../../base/text/suggestion.js';
import { cimCmdletDefinitions } from '../../cim-cmdlets/index.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { cmdletDefinitions, notCmdlets } from '../../dhcp-server/index.js';
import { compareFailoverPair } from '../audit/compare-failover-pair.js';

/** About sessions of this process, and events that come for as long as somebody listens: nothing that another process could do for it. */
const NOT_FOR_FLEETS: ReadonlySet<string> = new Set([
  'get-cimsession',
  'new-cimsession',
  'new-cimsessionoption',
  'remove-cimsession',
  'register-cimindicationevent',
]);

/** The cmdlets of a fleet by name: those of the module, the CIM cmdlets, and the caller's own, which go before them. */
export class KnownCmdlets {
  readonly #own = new Map<string, Cmdlet>([[compareFailoverPair.name.toLowerCase(), compareFailoverPair]]);

  /** @throws CimletError `ERR_INVALID_ARGUMENT` for what is no cmdlet. */
  constructor(own: Iterable<Cmdlet> = []) {
    for (const cmdlet of own) {
      const { name, parameters } = Object(cmdlet) as Partial<Cmdlet>;
      if (typeof name !== 'string' || !Array.isArray(parameters)) {
        throw invalidArgument('cmdlets', cmdlet, 'Give definitions, such as those of loadCmdletModule.');
      }
      this.#own.set(name.toLowerCase(), cmdlet);
    }
  }

  /** Undefined for a name that is not known, in any case. */
  find(name: string): Cmdlet | undefined {
    const key = name.toLowerCase();
    if (NOT_FOR_FLEETS.has(key)) return undefined;
    return this.#own.get(key) ?? cmdletDefinitions.get(key) ?? cimCmdletDefinitions.get(key);
  }

  /** @throws CimletError `ERR_INVALID_ARGUMENT`, with the nearest name. */
  get(name: unknown): Cmdlet {
    const found = typeof name === 'string' ? this.find(name) : undefined;
    if (found !== undefined) return found;
    if (typeof name !== 'string') throw invalidArgument('cmdlet', name, 'Give the name of a cmdlet.');
    const key = name.toLowerCase();
    if (NOT_FOR_FLEETS.has(key)) {
      throw invalidArgument('cmdlet', name, 'It works within one process, so that a fleet has no use for it.');
    }
    if (name.includes('|') || name.includes(' ')) {
      throw invalidArgument('cmdlet', name, 'A run is one cmdlet, without a pipeline; its parameters stand beside it.');
    }
    const meant = notCmdlets.get(key) ?? this.#nearest(name);
    throw new CimletError('ERR_INVALID_ARGUMENT', `cmdlet: there is no ${JSON.stringify(name)}.`, { hint: meant });
  }

  #nearest(name: string): string | undefined {
    const names = [this.#own, cmdletDefinitions, cimCmdletDefinitions].flatMap((known) =>
      [...known.values()].map((cmdlet) => cmdlet.name),
    );
    const nearest = suggestion(name, names);
    return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
  }
}
