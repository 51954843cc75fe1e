import { CimletError } from '../base/errors.js';
import type { CmdletDefinition, CmdletRule } from '../schema/cmdlet-definition.js';
import type { BoundCall } from './binding.js';
import type { BoundCommonParameters } from './bound-common-parameters.js';
import type { CmdletHost, ConfirmationAnswer } from './host.js';
import type { InvocationOptions } from './invocation-options.js';
import { type InvocationTarget, prefixedText } from './invocation-target.js';
import { isGiven } from './rules.js';
import { operationText } from './should-process.js';

type ConfirmRule = Extract<CmdletRule, { kind: 'confirm' }>;

const IMPACTS = ['None', 'Low', 'Medium', 'High'] as const;
const CHOICES: readonly ConfirmationAnswer[] = ['yes', 'yesToAll', 'no', 'noToAll'];

/** What has to be asked before a call may be sent. */
export interface RequiredPrompts {
  readonly shouldProcess: boolean;
  readonly rules: readonly ConfirmRule[];
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
  common: BoundCommonParameters,
  options: InvocationOptions,
): RequiredPrompts {
  if (common.WhatIf === true || common.Confirm === false) return { shouldProcess: false, rules: [] };
  const rules = call.definition.rules.filter(
    (rule): rule is ConfirmRule => rule.kind === 'confirm' && isTriggered(rule, call),
  );
  return { shouldProcess: common.Confirm === true || reachesPreference(call.definition, options), rules };
}

/** Refuses a call that has to ask while nobody can be asked. @throws CimletError `ERR_CONFIRMATION_REQUIRED`. */
export function requireHost(call: BoundCall, prompts: RequiredPrompts, host: CmdletHost | undefined): void {
  if (host !== undefined || !asks(prompts)) return;
  const [rule] = prompts.rules;
  const reason = rule?.query ?? 'It asks before it changes something.';
  const hint = `${rule === undefined ? 'Give' : `Give ${rule.unless} or`} Confirm: false to go ahead without being asked, or a host that answers.`;
  throw new CimletError(
    'ERR_CONFIRMATION_REQUIRED',
    `${call.definition.name} needs a confirmation, and there is no host to ask. ${reason} ${hint}`,
    { hint },
  );
}

/** Asks the prompts of one invocation, target by target, and remembers Yes to All and No to All. */
export class Confirmation {
  readonly #host: CmdletHost | undefined;
  readonly #answers = new Map<ConfirmRule | 'shouldProcess', boolean>();

  constructor(host: CmdletHost | undefined) {
    this.#host = host;
  }

  /** True when every prompt was answered with yes. */
  async approve(call: BoundCall, target: InvocationTarget, prompts: RequiredPrompts): Promise<boolean> {
    requireHost(call, prompts, this.#host);
    if (prompts.shouldProcess) {
      const message = `Are you sure you want to perform this action? ${operationText(call)}`;
      if (!(await this.#ask('shouldProcess', 'normal', call, target, message))) return false;
    }
    for (const rule of prompts.rules) {
      if (rule.prompt === 'Normal' && prompts.shouldProcess) continue;
      const kind = rule.prompt === 'Critical' ? 'critical' : 'normal';
      if (!(await this.#ask(rule, kind, call, target, rule.query))) return false;
    }
    return true;
  }

  async #ask(
    key: ConfirmRule | 'shouldProcess',
    kind: 'critical' | 'normal',
    call: BoundCall,
    target: InvocationTarget,
    text: string,
  ): Promise<boolean> {
    const remembered = this.#answers.get(key);
    if (remembered !== undefined || this.#host === undefined) return remembered ?? false;
    const answer = await this.#host.confirm({
      kind,
      caption: 'Confirm',
      message: prefixedText(target, text),
      choices: CHOICES,
      defaultChoice: 'yes',
      cmdlet: call.definition.name,
      computerName: target.computerName,
    });
    const approved = answer === 'yes' || answer === 'yesToAll';
    if (answer === 'yesToAll' || answer === 'noToAll') this.#answers.set(key, approved);
    return approved;
  }
}

/**
 * The switches that go to the server with an approved call. It has been answered here, so `Force` says so to the server: a provider that
 * asks on its own would find nobody to answer (MS-WSMV 3.1.6.8: an operation that registered no confirm callback is not asked).
 */
export function approvedSwitches(call: BoundCall): ReadonlySet<string> {
  const rules = call.definition.rules.filter(
    (rule): rule is ConfirmRule => rule.kind === 'confirm' && isTriggered(rule, call),
  );
  return new Set(rules.map((rule) => rule.unless));
}

function isTriggered(rule: ConfirmRule, call: BoundCall): boolean {
  if (call.parameters.get(rule.unless)?.value === true) return false;
  if (rule.when === 'always') return true;
  return rule.when.some((name) => {
    const bound = call.parameters.get(name);
    return isGiven(bound) && !bound.fromInstance && bound.value !== null;
  });
}

function reachesPreference(definition: CmdletDefinition, options: InvocationOptions): boolean {
  const preference = options.confirmPreference ?? 'High';
  const impact = IMPACTS.indexOf(definition.confirmImpact);
  return (
    definition.supportsShouldProcess && preference !== 'None' && impact > 0 && impact >= IMPACTS.indexOf(preference)
  );
}
