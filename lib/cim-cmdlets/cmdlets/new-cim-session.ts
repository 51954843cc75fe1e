import type { Secret } from '../../base/secret.js';
import { wording } from '../../base/wording.js';
import type { ListedSession } from '../../cim/session/session-list.js';
import type { CimAuthentication, CimSessionOptions } from '../../cim/session/session-options.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import { isOn, numberOf, objectOf, textOf, textsOf } from '../call/call-values.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import { inAll, inSets, operationTimeout, parameter } from '../definition/parameters.js';
import { refusedParameter, refusedValue, refuseGiven } from '../definition/refused-parameters.js';

/** PowerShell's names of the ways to log on, but for Digest. */
const AUTHENTICATION: Readonly<Record<string, CimAuthentication>> = {
  Default: 'Default',
  Negotiate: 'Negotiate',
  Kerberos: 'Kerberos',
  NtlmDomain: 'Ntlm',
  Basic: 'Basic',
  CredSsp: 'CredSsp',
};

const REFUSED = {
  CertificateThumbprint: {
    reason: 'It names a certificate of Windows’ own store, whose keys Node cannot use.',
    remedy: wording`Give the certificate and its key with ${{ option: 'tls.cert' }} and ${{ option: 'tls.key' }}.`,
  },
};

const DIGEST = {
  reason: 'The WinRM service of Windows does not take it.',
  remedy: 'Use Negotiate, or Basic over https.',
};

const byName = { byName: true };
const withCredential = inSets(['CredentialParameterSet']);

/** New-CimSession, for command lines; in TypeScript it is `newCimSession`. */
export const newCimSessionDefinition = defineCimCmdlet({
  verb: 'New',
  noun: 'CimSession',
  aliases: ['ncms'],
  command: 'NewCimSession',
  synopsis: 'Opens sessions, which Get-CimSession lists until they are removed.',
  defaultParameterSet: 'CredentialParameterSet',
  outputType: 'CimSession',
  parameters: [
    parameter('ComputerName', 'String', 'Computers. Default localhost.', inAll({ position: 0 }), {
      isArray: true,
      aliases: ['CN', 'ServerName'],
      byName: true,
    }),
    parameter(
      'Credential',
      'Credential',
      'Who the caller is: { userName, password }.',
      inSets(['CredentialParameterSet'], { position: 1 }),
    ),
    parameter('Authentication', 'String', 'How to log on. Digest is not supported.', withCredential, {
      byName: true,
      validateSet: [...Object.keys(AUTHENTICATION), 'Digest'],
    }),
    refusedParameter(
      'CertificateThumbprint',
      REFUSED.CertificateThumbprint,
      inSets(['CertificateParameterSet']),
      byName,
    ),
    parameter('Name', 'String', 'Name of the sessions. Default CimSession and the number.', inAll(), byName),
    parameter('Port', 'UInt32', 'Default 5985, or 5986 over https.', inAll(), {
      byName: true,
      validateRange: { min: 1, max: 65_535 },
    }),
    parameter('SessionOption', 'CimSessionOptions', 'What New-CimSessionOption gave.', inAll(), byName),
    parameter('SkipTestConnection', 'SwitchParameter', 'Do not try whether the computer answers.', inAll(), byName),
    operationTimeout(true),
  ],
  operations: { CredentialParameterSet: open, CertificateParameterSet: open },
});

function open(call: CallParameters): CmdletOperation {
  refuseGiven(call, REFUSED);
  if (textOf(call, 'Authentication') === 'Digest') throw refusedValue(call, 'Digest authentication', DIGEST);
  return {
    description: 'open sessions',
    shouldProcess: { target: 'CimSession' },
    errorTarget: { name: 'CimSession', type: 'String' },
    withoutSession: textsOf(call, 'ComputerName') ?? ['localhost'],
    async run(_session, context) {
      const session = await context.openSession(context.target.computerName, optionsOf(call));
      try {
        if (!isOn(call, 'SkipTestConnection')) await session.testConnection?.(context.limit);
        context.deadline.throwIfDone();
      } catch (error) {
        // Nobody gets it; that it cannot be closed either is not what went wrong.
        await session.close().catch(() => {});
        throw error;
      }
      if (isListed(session)) context.sessions.add(session);
      await context.emit([session]);
    },
  };
}

function optionsOf(call: CallParameters): CimSessionOptions {
  const credential = objectOf<{ readonly userName: string; readonly password: Secret }>(call, 'Credential');
  const authentication = AUTHENTICATION[textOf(call, 'Authentication') ?? ''];
  const name = textOf(call, 'Name');
  const port = numberOf(call, 'Port');
  const seconds = numberOf(call, 'OperationTimeoutSec') ?? 0;
  return {
    ...objectOf<CimSessionOptions>(call, 'SessionOption'),
    ...(credential === undefined ? {} : { credential }),
    ...(authentication === undefined ? {} : { authentication }),
    ...(name === undefined ? {} : { name }),
    ...(port === undefined ? {} : { port }),
    ...(seconds === 0 ? {} : { operationTimeoutMs: seconds * 1000 }),
  };
}

function isListed(session: CmdletSession): session is CmdletSession & ListedSession {
  return 'instanceId' in session && 'isClosed' in session && 'id' in session && 'name' in session;
}
