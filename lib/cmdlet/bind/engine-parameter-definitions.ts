import { type Text, wording } from '../../base/wording.js';
import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';

/** One of PowerShell's parameters that the engine adds to each cmdlet. */
export interface EngineParameter {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly isSwitch: boolean;
  /** One of `Cmdlet.CommonParameters`, which give way to others when a prefix is ambiguous. */
  readonly isCommon: boolean;
  /** What to use instead; absent when the parameter works. */
  readonly replacement?: Text;
}

const engineParameter = (name: string, alias: string, isSwitch: boolean, isCommon: boolean): EngineParameter => ({
  name,
  aliases: alias === '' ? [] : [alias],
  isSwitch,
  isCommon,
});

const replaced = (name: string, alias: string, replacement: Text): EngineParameter => ({
  ...engineParameter(name, alias, false, true),
  replacement,
});

const EVERY_CMDLET: readonly EngineParameter[] = [
  engineParameter('CimSession', 'Session', false, false),
  engineParameter('ThrottleLimit', '', false, false),
  engineParameter('AsJob', '', true, false),
  engineParameter('ErrorAction', 'ea', false, true),
  engineParameter('WarningAction', 'wa', false, true),
  engineParameter('Verbose', 'vb', true, true),
  engineParameter('Debug', 'db', true, true),
  replaced('ErrorVariable', 'ev', 'The records are in the errors property of the result.'),
  replaced('WarningVariable', 'wv', wording`Collect them with the option ${{ option: 'onWarning' }}.`),
  replaced('InformationAction', 'infa', 'CIM cmdlets write no information records.'),
  replaced('InformationVariable', 'iv', 'CIM cmdlets write no information records.'),
  replaced('ProgressAction', 'proga', wording`Leave the option ${{ option: 'onProgress' }} out to see no progress.`),
  replaced('OutVariable', 'ov', 'The output is what the result resolves to.'),
  replaced('OutBuffer', 'ob', 'Results arrive one by one; iterate over the result.'),
  replaced('PipelineVariable', 'pv', 'Keep the item in a variable of your loop.'),
];

const SHOULD_PROCESS: readonly EngineParameter[] = [
  engineParameter('WhatIf', 'wi', true, false),
  engineParameter('Confirm', 'cf', true, false),
];

/** The engine's parameters of one cmdlet. One with operations of its own says itself where it runs. */
export function engineParametersOf(definition: CmdletSyntax): readonly EngineParameter[] {
  const all = definition.supportsShouldProcess ? [...EVERY_CMDLET, ...SHOULD_PROCESS] : EVERY_CMDLET;
  return 'operations' in definition ? all.filter((parameter) => parameter.name !== 'CimSession') : all;
}
