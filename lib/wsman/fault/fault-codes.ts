import type { Text } from '../../base/wording.js';

/** What a `Code` of a WSManFault means. */
export interface WsManCodeDescription {
  /** Unsigned 32-bit value. */
  readonly code: number;
  /** Name in Windows' headers, e.g. `ERROR_WSMAN_QUOTA_MAX_SHELLS` or `E_ACCESSDENIED`. */
  readonly name: string;
  /** Half a sentence in our own words; for codes that a client hardly meets, the words of the name. */
  readonly gist: string;
  /** The same request may succeed later without any change. */
  readonly retryable: boolean;
  /** The remedy, when there is one to tell. */
  readonly hint?: string;
}

/** Each is read when a code is looked up, so that importing the library does not wait for 30 kB of words. */
const names = () => require('./wsman-code-names.js') as typeof import('./wsman-code-names.js');
const advice = () => require('./fault-advice.js') as typeof import('./fault-advice.js');
const system = () => require('./system-codes.js') as typeof import('./system-codes.js');

type CodeMeaning = Omit<WsManCodeDescription, 'hint'> & { readonly hint?: Text };

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  auth: 'authentication',
  cert: 'certificate',
  certmapping: 'certificate mapping',
  config: 'configuration',
  creds: 'credentials',
  enum: 'enumeration',
  epr: 'endpoint reference',
  param: 'parameter',
  params: 'parameters',
  uri: 'URI',
  url: 'URL',
  wmi: 'WMI',
  xml: 'XML',
  http: 'HTTP',
  soap: 'SOAP',
  ssl: 'TLS',
  wql: 'WQL',
};

/**
 * Looks a code up among WS-Management's own (0x80338000 to 0x803381FF) and the Win32, HRESULT and WMI codes that servers
 * also send. Negative numbers are taken as the same 32 bits unsigned. Undefined for an unknown code.
 */
export function describeWsManCode(code: number): WsManCodeDescription | undefined {
  const meaning = meaningOfCode(code);
  if (meaning === undefined) return undefined;
  const { hint, ...rest } = meaning;
  return hint === undefined ? rest : { ...rest, hint: String(hint) };
}

/** As {@link describeWsManCode}, with the hint as each face has it. */
export function meaningOfCode(code: number): CodeMeaning | undefined {
  const value = code >>> 0;
  if (isWsManCode(value)) {
    const { FIRST_WSMAN_CODE, wsmanCodeNames } = names();
    const name = wsmanCodeNames[value - FIRST_WSMAN_CODE];
    return name === undefined ? undefined : meaningOfName(value, name);
  }
  const { systemCodes } = system();
  // HRESULT_FROM_WIN32 puts a Win32 code below 0x8007.
  const known = systemCodes.get(value) ?? (value >>> 16 === 0x8007 ? systemCodes.get(value & 0xffff) : undefined);
  if (known === undefined) return undefined;
  return {
    code: value,
    name: known.name,
    gist: known.gist,
    retryable: known.retryable ?? false,
    ...(known.hint === undefined ? {} : { hint: known.hint }),
  };
}

function meaningOfName(code: number, name: string): CodeMeaning {
  const known = advice().faultAdvice[name];
  return {
    code,
    name: `ERROR_${name}`,
    gist: known?.gist ?? gistOf(name),
    retryable: known?.retryable ?? false,
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
  };
}

/** True for WS-Management's own codes, known or not: facility 0x033, where HRESULTs of other parts of Windows never are. */
export function isWsManCode(code: number): boolean {
  return code >>> 16 === 0x8033;
}

/** `0x80338029`, as the codes are written in documentation. */
export function formatWsManCode(code: number): string {
  return `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

function gistOf(name: string): string {
  const words = name.toLowerCase().split('_').slice(1);
  return words.map((word) => ABBREVIATIONS[word] ?? word).join(' ');
}
