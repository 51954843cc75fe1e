import type { CmdletSession } from './cmdlet-session.js';

/** PowerShell's ActionPreference, without those that only a debugger or a workflow knows. */
export type ActionPreference = 'Continue' | 'SilentlyContinue' | 'Ignore' | 'Stop' | 'Inquire';

/** PowerShell's ConfirmPreference: ask when the cmdlet's impact is at least this; `None` never asks. */
export type ConfirmPreference = 'None' | 'Low' | 'Medium' | 'High';

/**
 * The parameters that every cmdlet has besides its own, spelled as PowerShell spells them.
 */
export interface EngineParameters {
  /** Where to run: sessions, or names of computers that a session is opened to for this call. */
  readonly CimSession?: CmdletSession | string | readonly (CmdletSession | string)[] | undefined;
  /** Alias of CimSession. */
  readonly Session?: EngineParameters['CimSession'] | undefined;
  /** How many targets are worked on at a time; absent, or not above 0: an optimum, see `optimumThrottleLimit`. */
  readonly ThrottleLimit?: number | undefined;
  /** What a failed target does to the call. Absent: every target is tried, then the call rejects with a CmdletError. */
  readonly ErrorAction?: ActionPreference | undefined;
  /** `SilentlyContinue` and `Ignore` keep warnings back. `Stop` and `Inquire` are refused, as PowerShell's CIM cmdlets refuse them. */
  readonly WarningAction?: ActionPreference | undefined;
  /** Gives verbose messages to `onVerbose`. */
  readonly Verbose?: boolean | undefined;
  /** Gives debug messages to `onDebug`. */
  readonly Debug?: boolean | undefined;
  /** No parameter: whoever has it here spread an instance. */
  readonly PSComputerName?: SpreadInstance | undefined;
}

/** No instance stands among parameters. The type is what the compiler says of one. */
export type SpreadInstance =
  'Give the instance as the option input: …({ LoadBalancePercent: 60 }, { input: instance })';

/** What cmdlets that change something have besides {@link EngineParameters}. */
export interface ShouldProcessParameters {
  /** Sends nothing, and says what would be done. */
  readonly WhatIf?: boolean | undefined;
  /** Alias of WhatIf. */
  readonly wi?: boolean | undefined;
  /** `true` asks before each target; `false` asks nothing, not even what the cmdlet itself would ask about. */
  readonly Confirm?: boolean | undefined;
  /** Alias of Confirm. */
  readonly cf?: boolean | undefined;
}
