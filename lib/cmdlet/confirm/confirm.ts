import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { CmdletRule, CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { BoundEngineParameters } from '../bind/bound-engine-parameters.js';
import { isGiven } from '../bind/rules.js';
import type { BoundCall, CallParameters } from '../contract/bound-call.js';
import type { CmdletHost, ConfirmationAnswer, ConfirmationPrompt } from '../contract/host.js';
import type { InvocationOptions } from '../contract/invocation-options.js';
import { type InvocationTarget, prefixedText } from '../contract/invocation-target.js';
import type { ShouldProcessText } from '../contract/operation.js';
import { operationText } from './should-process.js';

type ConfirmRule = Extract<CmdletRule, { kind: 'confirm' }>;
/** What an answer to all holds for. */
type Question = ConfirmRule | 'shouldProcess' | 'shouldContinue' | 'server';

const IMPACTS = ['None', 'Low', 'Medium', 'High'] as const;
const NO_RULES: readonly ConfirmRule[] = [];
const NO_SWITCHES: ReadonlySet<string> = new Set();
const CHOICES: readonly ConfirmationAnswer[] = ['yes', 'yesToAll', 'no', 'noToAll'];
/** ShouldContinue without `supportsToAllOptions` (Job.cs, DoShouldContinue): each is asked about. */
const EACH: readonly ConfirmationAnswer[] = ['yes', 'no'];

/** What has to be asked before a call may be sent. It is worked out once for a call, and goes with it from target to target. */
export interface RequiredPrompts {
  readonly shouldProcess: boolean;
  readonly rules: readonly ConfirmRule[];
  /** The caller asked to be asked. */
  readonly requested: boolean;
  /** The rules that the call starts, asked about or silenced. */
  readonly triggered: readonly ConfirmRule[];
}

export function asks(prompts: RequiredPrompts): boolean {
  return prompts.shouldProcess || prompts.rules.length > 0;
}

/**
 * Finds what a call has to ask. `Confirm: true`, or a ConfirmImpact at or above the preference, asks ShouldProcess. A `confirm` rule asks
 * when one of its parameters was given by the caller, unless its switch (`Force`) is on. `Confirm: false` silences both; PowerShell's
 * silences only the first, since there the rule is a critical prompt of the server.
 */
export function requiredPrompts(
  call: BoundCall,
  engineParameters: BoundEngineParameters,
  options: InvocationOptions<object>,
): RequiredPrompts {
  const triggered = triggeredRules(call);
  const isSilent = engineParameters.WhatIf === true || engineParameters.Confirm === false;
  const requested = !isSilent && engineParameters.Confirm === true;
  const shouldProcess = requested || (!isSilent && reachesPreference(call.definition, options));
  return { shouldProcess, rules: isSilent ? NO_RULES : triggered, requested, triggered };
}

/** Refuses a call that has to ask while nobody can be asked. @throws CimletError `ERR_CONFIRMATION_REQUIRED`. */
export function requireHost(call: BoundCall, prompts: RequiredPrompts, host: CmdletHost | undefined): void {
  if (host !== undefined || !asks(prompts)) return;
  const [rule] = prompts.rules;
  const reason = rule?.query ?? 'It asks before it changes something.';
  const hint = wording`${suppressionHint(rule, prompts)} to go ahead without being asked${{ clause: wording`, or give a ${{ option: 'host' }} that answers` }}.`;
  throw new CimletError(
    'ERR_CONFIRMATION_REQUIRED',
    wording`${call.definition.name} needs a confirmation, and there is no host to ask. ${reason} ${hint}`,
    { hint },
  );
}

/** A switch that means more than silence is no way to be silent. */
function suppressionHint(rule: ConfirmRule | undefined, { requested }: RequiredPrompts): string {
  if (rule?.more !== undefined) return 'Give Confirm: false';
  if (requested) return `Leave Confirm out${rule === undefined ? '' : ` and give ${rule.unless}`}`;
  return `Give ${rule === undefined ? '' : `${rule.unless} or `}Confirm: false`;
}

/**
 * Asks the prompts of one invocation, one at a time, and remembers Yes to All and No to All. A question whose turn comes when the call is
 * over already is not asked any more: it counts as a no.
 */
export class Confirmation {
  readonly #cmdlet: string;
  readonly #host: CmdletHost | undefined;
  readonly #isOver: () => boolean;
  #answers: Map<Question, boolean> | undefined;
  #asking: Promise<unknown> | undefined;

  constructor(cmdlet: string, host: CmdletHost | undefined, isOver: () => boolean) {
    this.#cmdlet = cmdlet;
    this.#host = host;
    this.#isOver = isOver;
  }

  /** True when every prompt was answered with yes. What an operation asks about piece by piece is left to {@link shouldProcess}. */
  async approve(call: BoundCall, target: InvocationTarget, prompts: RequiredPrompts): Promise<boolean> {
    requireHost(call, prompts, this.#host);
    const text = prompts.shouldProcess ? call.operation.shouldProcess : 'each';
    if (text !== 'each' && !(await this.shouldProcess(target, text))) return false;
    if (call.operation.asksWhileItRuns) return true;
    for (const rule of prompts.rules) {
      if (rule.prompt === 'Normal' && prompts.shouldProcess) continue;
      const kind = rule.prompt === 'Critical' ? 'critical' : 'normal';
      if (!(await this.#approved(rule, kind, target, rule.query))) return false;
    }
    return true;
  }

  /** PowerShell's ShouldProcess: is this to be done? */
  shouldProcess(target: InvocationTarget, text: ShouldProcessText): Promise<boolean> {
    const message = `Are you sure you want to perform this action?\n${operationText(this.#cmdlet, text)}`;
    return this.#approved('shouldProcess', 'normal', target, message);
  }

  /** PowerShell's ShouldContinue, with what the operation has found out. */
  shouldContinue(target: InvocationTarget, question: string): Promise<boolean> {
    return this.#approved('shouldContinue', 'critical', target, question);
  }

  /**
   * Puts a question of the server to the host. `…ToAll` holds for the rest of the call for normal questions; for critical ones it goes to
   * that server, which applies it to its own further questions, and the other servers' are asked.
   * @throws CimletError `ERR_CONFIRMATION_REQUIRED` without a host.
   */
  async answerServer(
    target: InvocationTarget,
    kind: 'critical' | 'normal',
    message: string,
  ): Promise<ConfirmationAnswer> {
    const host = this.#host;
    if (host === undefined) {
      throw new CimletError(
        'ERR_CONFIRMATION_REQUIRED',
        `${target.computerName} asks for a confirmation of ${this.#cmdlet}, and there is no host to ask: ${message}`,
        {
          hint: wording`${{ clause: wording`Give a ${{ option: 'host' }} that answers. ` }}The operation was stopped.`,
        },
      );
    }
    return this.#inTurn(async () => {
      const remembered =
        kind === 'critical' ? undefined : (this.#answers?.get('server') ?? this.#answers?.get('shouldProcess'));
      if (remembered !== undefined) return remembered ? 'yesToAll' : 'noToAll';
      if (this.#isOver()) return 'no';
      const answer = await host.confirm({ ...this.#prompt(kind, target, message), fromServer: true });
      if (kind === 'normal') this.#remember('server', answer);
      return answer;
    });
  }

  #approved(key: Question, kind: 'critical' | 'normal', target: InvocationTarget, text: string): Promise<boolean> {
    const host = this.#host;
    return this.#inTurn(async () => {
      const remembered = this.#answers?.get(key);
      if (remembered !== undefined || host === undefined || this.#isOver()) return remembered ?? false;
      const answer = await host.confirm(this.#prompt(kind, target, text));
      this.#remember(key, answer);
      return answer === 'yes' || answer === 'yesToAll';
    });
  }

  #prompt(kind: 'critical' | 'normal', target: InvocationTarget, text: string): ConfirmationPrompt {
    return {
      kind,
      caption: 'Confirm',
      message: prefixedText(target, text),
      choices: kind === 'critical' ? EACH : CHOICES,
      defaultChoice: 'yes',
      cmdlet: this.#cmdlet,
      computerName: target.computerName,
    };
  }

  #remember(key: Question, answer: ConfirmationAnswer): void {
    if (answer !== 'yesToAll' && answer !== 'noToAll') return;
    this.#answers ??= new Map();
    this.#answers.set(key, answer === 'yesToAll');
  }

  /** Targets work at the same time; their questions wait for one another. */
  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const answer = (this.#asking ?? Promise.resolve()).then(ask, ask);
    this.#asking = answer.catch(() => {});
    return answer;
  }
}

/**
 * The switches that go to the server with an approved call: one that runs has been approved in all that it had to ask about. It has been
 * answered here, so `Force` says so to the server, and a provider that asks on its own does not ask again. One that means more there than
 * silence goes only when the caller gives it.
 */
export function approvedSwitches({ triggered }: RequiredPrompts): ReadonlySet<string> {
  if (triggered.length === 0) return NO_SWITCHES;
  return new Set(triggered.flatMap(({ unless, more }) => (more === undefined ? [unless] : [])));
}

/** The rules whose switch is not sent, though the call was approved: the approval answers the server's own question. */
export function withheldRules({ triggered }: RequiredPrompts): readonly ConfirmRule[] {
  return triggered.filter(({ more }) => more !== undefined);
}

function triggeredRules(call: CallParameters): readonly ConfirmRule[] {
  if (call.definition.rules.length === 0) return NO_RULES;
  return call.definition.rules.filter(
    (rule): rule is ConfirmRule => rule.kind === 'confirm' && isTriggered(rule, call),
  );
}

function isTriggered(rule: ConfirmRule, call: CallParameters): boolean {
  const isOn = (name: string | undefined) => name !== undefined && call.parameters.get(name)?.value === true;
  if (isOn(rule.unless) || isOn(rule.except)) return false;
  if (rule.when === 'always') return true;
  return rule.when.some((name) => {
    const bound = call.parameters.get(name);
    return isGiven(bound) && !bound.fromInstance && bound.value !== null;
  });
}

function reachesPreference(definition: CmdletSyntax, options: InvocationOptions<object>): boolean {
  const preference = options.confirmPreference ?? 'High';
  const impact = IMPACTS.indexOf(definition.confirmImpact);
  return (
    definition.supportsShouldProcess && preference !== 'None' && impact > 0 && impact >= IMPACTS.indexOf(preference)
  );
}
