import { wording } from '../../base/wording.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { EngineParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { isOn, numberOf, textOf } from '../call/call-values.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import { inAll, inSets, parameter } from '../definition/parameters.js';
import { refusedParameter, refusedValue, refuseGiven } from '../definition/refused-parameters.js';

const WSMAN = inSets(['WSManParameterSet']);
const DCOM = inSets(['DcomParameterSet']);
const byName = { byName: true };

const NO_DCOM = {
  reason: 'DCOM is spoken by Windows alone; this client speaks WS-Management on every platform.',
  remedy: 'Leave it out. The server has to run WinRM (Enable-PSRemoting or winrm quickconfig).',
};
const NO_WINDOWS_PROXY = {
  reason: 'It takes the proxy from the configuration of Windows, of which this client knows nothing.',
  remedy: wording`Connect without the proxy${{ clause: wording`, or name it: ${{ option: 'proxy', value: { code: '{ host, port, credential }' } }} of newCimSession` }}.`,
};
const NO_PROXY_LOGON = {
  reason: 'It is for a proxy of Windows’ configuration, of which this client knows nothing.',
  remedy: wording`Connect without the proxy${{ clause: wording`, or name it and who logs on to it: ${{ option: 'proxy', value: { code: '{ host, port, credential }' } }} of newCimSession, which is sent as Basic` }}.`,
};

const REFUSED = {
  Impersonation: NO_DCOM,
  PacketIntegrity: NO_DCOM,
  PacketPrivacy: NO_DCOM,
  ProxyAuthentication: NO_PROXY_LOGON,
  ProxyCertificateThumbprint: NO_PROXY_LOGON,
  ProxyCredential: NO_PROXY_LOGON,
};

/** PowerShell's names of encodings. */
const ENCODING: Readonly<Record<string, CimSessionOptions['encoding']>> = { Utf8: 'utf-8', Utf16: 'utf-16' };

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
      { byName: true, validateSet: ['Default', 'Wsman', 'Dcom'] },
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
    parameter(
      'EncodePortInServicePrincipalName',
      'SwitchParameter',
      'The service principal name of Kerberos ends in the port.',
      WSMAN,
      byName,
    ),
    parameter('Encoding', 'String', 'How requests are encoded. Default Utf8.', WSMAN, {
      byName: true,
      validateSet: ['Default', ...Object.keys(ENCODING)],
    }),
    parameter('ProxyType', 'String', 'None is the only one that works without Windows.', WSMAN, {
      byName: true,
      validateSet: ['None', 'WinHttp', 'Auto', 'InternetExplorer'],
    }),
    refusedParameter('ProxyAuthentication', REFUSED.ProxyAuthentication, WSMAN, byName),
    refusedParameter('ProxyCertificateThumbprint', REFUSED.ProxyCertificateThumbprint, WSMAN, byName),
    refusedParameter('ProxyCredential', REFUSED.ProxyCredential, WSMAN, { type: 'Credential' }),
    refusedParameter('Impersonation', REFUSED.Impersonation, DCOM),
    refusedParameter('PacketIntegrity', REFUSED.PacketIntegrity, DCOM, { type: 'SwitchParameter' }),
    refusedParameter('PacketPrivacy', REFUSED.PacketPrivacy, DCOM, { type: 'SwitchParameter' }),
    parameter('Culture', 'String', 'Language of numbers and dates in the server’s texts.', inAll(), byName),
    parameter('UICulture', 'String', 'Language of the server’s texts.', inAll(), byName),
  ],
  operations: { ProtocolTypeSet: options, WSManParameterSet: options, DcomParameterSet: options },
});

function options(call: CallParameters): CmdletOperation {
  refuseGiven(call, REFUSED);
  if (textOf(call, 'Protocol') === 'Dcom') throw refusedValue(call, 'The protocol Dcom', NO_DCOM);
  const proxyType = textOf(call, 'ProxyType') ?? 'None';
  if (proxyType !== 'None') throw refusedValue(call, `The proxy type ${proxyType}`, NO_WINDOWS_PROXY);
  return {
    description: 'session options',
    shouldProcess: { target: 'CimSessionOptions' },
    errorTarget: { name: 'CimSessionOptions', type: 'String' },
    withoutSession: ['localhost'],
    async run(_session, context) {
      await context.emit([optionsOf(call)]);
    },
  };
}

function optionsOf(call: CallParameters): CimSessionOptions {
  const httpUrlPrefix = textOf(call, 'HttpPrefix');
  const maxEnvelopeSizeKb = numberOf(call, 'MaxEnvelopeSizeKB');
  const culture = textOf(call, 'Culture');
  const uiCulture = textOf(call, 'UICulture');
  const encoding = ENCODING[textOf(call, 'Encoding') ?? ''];
  return {
    ...(isOn(call, 'UseSsl') ? { useSsl: true } : {}),
    ...(isOn(call, 'SkipCACheck') ? { skipCACheck: true } : {}),
    ...(isOn(call, 'SkipCNCheck') ? { skipCNCheck: true } : {}),
    ...(isOn(call, 'NoEncryption') ? { noEncryption: true } : {}),
    ...(isOn(call, 'EncodePortInServicePrincipalName') ? { encodePortInServicePrincipalName: true } : {}),
    ...(encoding === undefined ? {} : { encoding }),
    ...(httpUrlPrefix === undefined ? {} : { httpUrlPrefix }),
    ...(maxEnvelopeSizeKb === undefined ? {} : { maxEnvelopeSize: maxEnvelopeSizeKb * 1024 }),
    ...(culture === undefined ? {} : { culture }),
    ...(uiCulture === undefined ? {} : { uiCulture }),
  };
}

export type NewCimSessionOptionParameters = Omit<EngineParameters, 'CimSession' | 'Session'> & {
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
        readonly EncodePortInServicePrincipalName?: boolean | undefined;
        readonly Encoding?: 'Default' | 'Utf8' | 'Utf16' | undefined;
        /** `None`: no proxy, which is the default here. A proxy is named by `proxy` of `newCimSession`. */
        readonly ProxyType?: 'None' | undefined;
      }
  );

/** What may be piped to New-CimSessionOption. */
export type NewCimSessionOptionInput = NamedInput<
  | 'Protocol'
  | 'UseSsl'
  | 'SkipCACheck'
  | 'SkipCNCheck'
  | 'SkipRevocationCheck'
  | 'HttpPrefix'
  | 'MaxEnvelopeSizeKB'
  | 'EncodePortInServicePrincipalName'
  | 'Encoding'
  | 'ProxyType'
  | 'ProxyAuthentication'
  | 'ProxyCertificateThumbprint'
  | 'Culture'
  | 'UICulture'
>;
