/**
 * What may be done with a call of which nobody knows whether the server did it: no answer came, or whoever waited for it died. A row of data
 * beside the cmdlet; whoever repeats calls reads it, and needs no cmdlet's name.
 */
export interface CmdletRepetition {
  /**
   * `read`: changes nothing, so that it may be asked again at will. `repeatable`: a change that may be sent again, since it ends in the state that
   * was asked for; the later writer wins. `ask`: it is first asked whether it has been done. `once`: it is not sent again by itself, and in
   * doubt a person decides.
   */
  readonly kind: 'read' | 'repeatable' | 'ask' | 'once';
  /** Parameters with which the call is `once`, whatever `kind` says. */
  readonly onceWith?: readonly string[];
  /** How it is asked whether the call has been done. `ask` always has one. */
  readonly question?: RepetitionQuestion;
  /** Error ids (`DHCP 20114`) that may only say that an earlier try got through: the question tells. */
  readonly alreadySo?: readonly string[];
  /**
   * The other computer that the call changes: what this parameter of the call names, or this property of what the question finds. Nobody else may
   * change that one meanwhile, either.
   */
  readonly partner?: { readonly parameter: string } | { readonly property: string };
}

/** A cmdlet that reads, how it is asked, and what of its output tells that the change has been done. */
export interface RepetitionQuestion {
  /** The cmdlet that is asked, on the same computer: `Get-DhcpServerv4Failover`. */
  readonly cmdlet: string;
  /** The question's parameters, each with the parameter of the call whose value it takes; one that the call does not give is left out. Default: none. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Properties by which one of the found objects is what the call is about, each with the call's parameter. Default: every found object is. */
  readonly key?: Readonly<Record<string, string>>;
  /** Properties that must be as the call has them, each with its parameter: else somebody else's is there. Default: none. */
  readonly same?: Readonly<Record<string, string>>;
  /** The change has been done when it is there, or when it is gone. */
  readonly done: 'there' | 'gone';
  /** Error ids by which the question says that nothing is there. Default: none. */
  readonly nothing?: readonly string[];
}
