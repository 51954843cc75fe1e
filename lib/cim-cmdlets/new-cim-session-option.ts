import type { CimSessionOptions } from '../cim/session-options.js';
import type { CallParameters } from '../cmdlet/bound-call.js';
import type { CommonParameters } from '../cmdlet/common-parameters.js';
import type { CmdletOperation } from '../cmdlet/operation.js';
import { isOn, numberOf, textOf } from './call-values.js';
import { cmdletFunction } from './cmdlet-function.js';
import { defineCimCmdlet } from './define-cmdlet.js';
import { inAll, inSets, parameter } from './parameters.js';

const WSMAN = inSets(['WSManParameterSet']);
const byName = { byName: true };

export const newCimSessionOptionDefinition = defineCimCmdlet({
  verb: 'New',
  noun: 'CimSessionOption',
  aliases: ['ncso'],
  command: 'NewCimSessionOption',
  synopsis: 'Puts options for a session together.',
  defaultParameterSet: 'ProtocolTypeSet',
  outputType: 'CimSessionOptions',
  parameters: [
    parameter(
      'Protocol',
      'String',
      'Wsman is the only one that works without Windows.',
      inSets(['ProtocolTypeSet'], { mandatory: true, position: 0 }),
      { byName: true, validateSet: ['Default', 'Wsman'] },
    ),
    parameter('UseSsl', 'SwitchParameter', 'https.', WSMAN, byName),
    parameter('SkipCACheck', 'SwitchParameter', 'Accept a certificate of any authority.', WSMAN, byName),
    parameter('SkipCNCheck', 'SwitchParameter', 'Accept a certificate for any name.', WSMAN, byName),
    parameter('SkipRevocationCheck', 'SwitchParameter', 'Node checks no revocation; nothing changes.', WSMAN, byName),
    parameter('NoEncryption', 'SwitchParameter', 'Seal no messages.', WSMAN),
    parameter('HttpPrefix', 'Uri', 'Path of the service. Default wsman.', WSMAN, byName),
    parameter('MaxEnvelopeSizeKB', 'UInt32', 'Greatest response that the server may send, in KiB.', WSMAN, {
      byName: true,
      validateRange: { min: 1, max: 4_194_303 },
    }),
    parameter('Culture', 'String', 'Language of numbers and dates in the server’s texts.', inAll(), byName),
    parameter('UICulture', 'String', 'Language of the server’s texts.', inAll(), byName),
  ],
  operations: { ProtocolTypeSet: options, WSManParameterSet: options },
});

function options(call: CallParameters): CmdletOperation {
  return {
    description: 'session options',
    shouldProcess: { target: 'CimSessionOptions' },
    errorTarget: { name: 'CimSessionOptions', type: 'String' },
    withoutSession: ['localhost'],
    async *run() {
      yield [optionsOf(call)];
    },
  };
}

function optionsOf(call: CallParameters): CimSessionOptions {
  const httpUrlPrefix = textOf(call, 'HttpPrefix');
  const maxEnvelopeSizeKb = numberOf(call, 'MaxEnvelopeSizeKB');
  const culture = textOf(call, 'Culture');
  const uiCulture = textOf(call, 'UICulture');
  return {
    ...(isOn(call, 'UseSsl') ? { useSsl: true } : {}),
    ...(isOn(call, 'SkipCACheck') ? { skipCACheck: true } : {}),
    ...(isOn(call, 'SkipCNCheck') ? { skipCNCheck: true } : {}),
    ...(isOn(call, 'NoEncryption') ? { noEncryption: true } : {}),
    ...(httpUrlPrefix === undefined ? {} : { httpUrlPrefix }),
    ...(maxEnvelopeSizeKb === undefined ? {} : { maxEnvelopeSize: maxEnvelopeSizeKb * 1024 }),
    ...(culture === undefined ? {} : { culture }),
    ...(uiCulture === undefined ? {} : { uiCulture }),
  };
}

export type NewCimSessionOptionParameters = Omit<CommonParameters, 'CimSession'> & {
  readonly Culture?: string | undefined;
  readonly UICulture?: string | undefined;
} & (
    | { readonly Protocol: 'Default' | 'Wsman' }
    | {
        readonly UseSsl?: boolean | undefined;
        readonly SkipCACheck?: boolean | undefined;
        readonly SkipCNCheck?: boolean | undefined;
        readonly SkipRevocationCheck?: boolean | undefined;
        readonly NoEncryption?: boolean | undefined;
        readonly HttpPrefix?: string | undefined;
        readonly MaxEnvelopeSizeKB?: number | undefined;
      }
  );

/**
 * Options for a session, from PowerShell's names (New-CimSessionOption).
 * @example
 * const [option] = await newCimSessionOption({ UseSsl: true, SkipCNCheck: true });
 * await using session = await newCimSession('10.10.10.1', { ...option, credential });
 */
export const newCimSessionOption = cmdletFunction<NewCimSessionOptionParameters, CimSessionOptions>(
  newCimSessionOptionDefinition,
);
