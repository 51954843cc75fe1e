/** A fact of the reference that no test can show. */
export interface ExcusedFact {
  /** Number of the section. */
  readonly section: string;
  /** How the row or item begins, without its mark; no other of the section begins so. */
  readonly begins: string;
  /** Why there can be no test. */
  readonly why: string;
}

/** By file. `dhcp.reference-facts.test.ts` holds that each fact exists and has no test. */
export const excusedFacts: Readonly<Record<string, readonly ExcusedFact[]>> = {
  'dhcp-options-policies.md': [
    {
      section: '2',
      begins: '– order',
      why: 'Two sources have two orders, and the reference says not to rely on either.',
    },
  ],
  'failover-semantics.md': [
    {
      section: '3.3',
      begins: 'delete the scope',
      why: 'No cmdlet deletes the range of a scope: that is a call of RPC alone.',
    },
    {
      section: '4.2',
      begins: 'Events/audit',
      why: 'What the service writes into the event logs of Windows no cmdlet of the module reads.',
    },
  ],
  'dhcp-server-semantics.md': [
    {
      section: '8.1',
      begins: 'Root object',
      why: 'The object as LDAP has it: the client speaks no LDAP, and the lab keeps the list alone.',
    },
    {
      section: '8.1',
      begins: 'Server object',
      why: 'The object as LDAP has it: the client speaks no LDAP, and the lab keeps the list alone.',
    },
  ],
};
