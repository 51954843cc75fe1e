import { type Text, wording } from '../../base/wording.js';
import type { WsManFaultError } from '../../wsman/contract/fault-error.js';
import type { CimInstance } from '../instance/cim-instance.js';

/** Whether the server can act as the caller towards other servers: `unknown` when it turns out at the logon, or elsewhere. */
export type Delegation = 'delegated' | 'not-delegated' | 'unknown';

/**
 * How providers report that a server refused them, or that they had no credential to show to it: ERROR_ACCESS_DENIED,
 * ERROR_NO_SUCH_LOGON_SESSION and SEC_E_NO_CREDENTIALS, as Win32 codes or HRESULTs.
 */
const REFUSALS: ReadonlySet<number> = new Set([5, 1312, 0x80070005, 0x80070520, 0x8009030e]);

/** Least power first, as Microsoft has them. */
const WAYS = wording`log on with Kerberos, and let the partner allow this server to come as you (Set-ADComputer PARTNER -PrincipalsAllowedToDelegateToAccount (Get-ADComputer SERVER)); or use Kerberos with ${{ option: 'kerberos.delegate', value: true }}; or ${{ option: 'authentication', value: 'CredSsp' }}`;
const RIGHTS = 'Use an account with enough rights on the server, and on the servers that it calls for this';

/**
 * The remedy for a provider that was refused. The caller is known to the server, or there would be no provider's error; so either the
 * account has too few rights, or the server went on to another one, a failover partner say, and had nothing to show there: the second hop.
 * Undefined for errors of other kinds.
 */
export function secondHopHint(fault: WsManFaultError, error: CimInstance, delegation: Delegation): Text | undefined {
  if (!isRefusal(fault, error)) return undefined;
  switch (delegation) {
    case 'delegated':
      return `${RIGHTS} (a failover partner).`;
    case 'not-delegated':
      return wording`If the server had to call another one (a failover partner), it could not do so as you, since this session does not delegate its credential (the second hop): ${WAYS}. Else use an account with enough rights.`;
    case 'unknown':
      return wording`${RIGHTS} (a failover partner); to those it comes as you only when the session delegates its credential (the second hop): ${WAYS}.`;
  }
}

function isRefusal(fault: WsManFaultError, error: CimInstance): boolean {
  const code = error.cimInstanceProperties.get('error_Code')?.value;
  const id = error.cimInstanceProperties.get('MessageID')?.value;
  const win32 = typeof id === 'string' ? /^(?:WIN32|HRESULT) (\d+|0x[0-9a-f]+)$/i.exec(id.trim())?.[1] : undefined;
  return [fault.wsmanCode, typeof code === 'number' ? code >>> 0 : undefined, win32 && Number(win32)].some(
    (one) => typeof one === 'number' && REFUSALS.has(one),
  );
}
