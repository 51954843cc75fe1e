import { type Text, wording } from '../../base/wording.js';
import type { CimInstance } from '../instance/cim-instance.js';
import type { DhcpCode } from './dhcp-codes.js';

const LONGEST_MEANING = 300;

/** Read with the first failure, so that importing the library does not wait for it. */
const codes = () => require('./dhcp-codes.js') as typeof import('./dhcp-codes.js');

/**
 * What an error instance's code means, in the server's own words where it has some, and then what to do about it: `special` when it is known what
 * happened, else what is known of a code of the DHCP provider, else `general`. Undefined when there is nothing to say.
 */
export function providerAdvice(
  error: CimInstance,
  message: string,
  special: Text | undefined,
  general: Text | undefined,
): Text | undefined {
  const known = knownCode(error);
  const own = textOf(error, 'error_WindowsErrorMessage') ?? textOf(error, 'OMI_ErrorMessage') ?? known?.meaning;
  // What the message says is not said again.
  const meaning = own === undefined || message.toLowerCase().includes(own.toLowerCase()) ? undefined : sentence(own);
  const remedy = special ?? known?.remedy ?? general;
  return meaning === undefined || remedy === undefined ? (meaning ?? remedy) : wording`${meaning} ${remedy}`;
}

function knownCode(error: CimInstance): DhcpCode | undefined {
  const [, kind, digits] = /^(DHCP|WIN32) (\d{1,10})$/i.exec(textOf(error, 'MessageID') ?? '') ?? [];
  if (digits === undefined) return undefined;
  if (kind?.toUpperCase() === 'DHCP') return codes().dhcpCodes.get(Number(digits));
  const isDhcp = /dhcp/i.test(`${textOf(error, 'OwningEntity')} ${textOf(error, 'ErrorSource')}`);
  return isDhcp ? codes().dhcpWin32Codes.get(Number(digits)) : undefined;
}

function textOf(error: CimInstance, name: string): string | undefined {
  const value = error.cimInstanceProperties.get(name)?.value;
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

function sentence(text: string): string {
  const short = text.length > LONGEST_MEANING ? `${text.slice(0, LONGEST_MEANING)}…` : text;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
