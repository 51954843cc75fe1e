import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { OperationCmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletOperation, OperationContext } from '../../cmdlet/contract/operation.js';
import { comparePair, readPair } from '../../pairs/index.js';
import { findPartners } from '../../pairs/reading/find-partners.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { ALL_PARAMETER_SETS } from '../../schema/definition/cmdlet-definition.js';
import { completeParameter } from '../../schema/definition/complete-definition.js';
import { pairAudit } from './pair-audit.js';

const REPLICATED_ONLY: CmdletParameter = completeParameter({
  name: 'ReplicatedOnly',
  type: 'SwitchParameter',
  description: 'Leaves out what Windows never replicates.',
});

const CIM_SESSION: CmdletParameter = completeParameter({
  name: 'CimSession',
  type: 'CimSession',
  aliases: ['Session'],
  isArray: true,
  description: 'Sessions, or names of computers that sessions are opened to.',
});

/**
 * Compare-DhcpServerv4FailoverPair: a server with each of its failover partners, as a cmdlet that only reads. Windows has none; it is there so that a fleet
 * can audit. Its output is a {@link PairAudit} for each partner; a server without a relationship gives none.
 */
export const compareFailoverPair: OperationCmdlet = {
  name: 'Compare-DhcpServerv4FailoverPair',
  verb: 'Compare',
  noun: 'DhcpServerv4FailoverPair',
  aliases: [],
  synopsis: 'Compares a DHCP server with its failover partners.',
  moduleName: 'cimlet',
  moduleVersion: '1.0.0.0',
  defaultParameterSet: ALL_PARAMETER_SETS,
  supportsShouldProcess: false,
  confirmImpact: 'None',
  parameters: [CIM_SESSION, REPLICATED_ONLY],
  rules: [],
  outputClasses: [],
  repetition: { kind: 'read' },
  operations: { [ALL_PARAMETER_SETS]: (call) => new PairComparing(call) },
};

class PairComparing implements CmdletOperation {
  readonly description = 'comparison of failover pairs';
  readonly shouldProcess = { target: 'failover pairs' };
  readonly errorTarget = { name: '', type: 'PairAudit' };
  readonly #replicatedOnly: boolean;

  constructor(call: CallParameters) {
    this.#replicatedOnly = call.parameters.get('ReplicatedOnly')?.value === true;
  }

  async run(session: CmdletSession | undefined, context: OperationContext): Promise<void> {
    if (session === undefined) throw new TypeError('A comparison needs a session.');
    const { signal } = context.deadline;
    for (const { partner, relationships, keys } of await findPartners(session, { signal })) {
      const opening = context.openSession(partner, {});
      const door = { computerName: partner, open: () => opening };
      try {
        const { here, there } = await readPair(session, door, { relationship: relationships, signal });
        const comparison = comparePair(here, there, { relationships });
        await context.emit([
          pairAudit(comparison, { key: [...keys].sort().join(', '), relationships }, this.#replicatedOnly),
        ]);
      } finally {
        await opening.then((opened) => opened.close()).catch(() => {});
      }
    }
  }
}
