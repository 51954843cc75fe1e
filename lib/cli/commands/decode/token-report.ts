import { mechanismName } from '../../../auth/contract/mechanism-oids.js';
import { isNtlmMessage } from '../../../auth/ntlm/message/message-reader.js';
import { isInitialContextToken, parseInitialContextToken } from '../../../auth/spnego/initial-context-token.js';
import { isNegToken, parseNegToken } from '../../../auth/spnego/neg-token.js';
import { isKerberosMessage, kerberosReport } from './kerberos-report.js';
import { ntlmReport } from './ntlm-report.js';
import { factsOf, hex, type Report } from './report.js';

/** What a security token is, whichever mechanism made it; undefined when it is not one that we know. */
export function tokenReport(bytes: Uint8Array): Report | undefined {
  if (isNtlmMessage(bytes)) return ntlmReport(bytes);
  if (isNegToken(bytes)) return spnegoReport(bytes);
  if (isInitialContextToken(bytes)) return gssReport(bytes);
  if (isKerberosMessage(bytes)) return kerberosReport(bytes);
  return undefined;
}

function gssReport(bytes: Uint8Array): Report {
  const { oid, innerToken } = parseInitialContextToken(bytes);
  return {
    title: `GSSAPI token (${bytes.length} bytes)`,
    facts: [['mechanism', mechanismText(oid)]],
    parts: [inner(innerToken)],
  };
}

function spnegoReport(bytes: Uint8Array): Report {
  const token = parseNegToken(bytes);
  const title = `SPNEGO ${token.type} (${bytes.length} bytes)`;
  const mic = token.mechListMic === undefined ? undefined : `present, ${hex(token.mechListMic)}`;
  if (token.type === 'NegTokenInit') {
    return {
      title,
      facts: factsOf([
        ['mechanisms', token.mechTypes.map(mechanismText)],
        ['hint', token.hints?.hintName],
        ['mechListMIC', mic],
      ]),
      parts: token.mechToken === undefined ? [] : [inner(token.mechToken)],
    };
  }
  return {
    title,
    facts: factsOf([
      ['state', token.negState],
      ['mechanism', token.supportedMech && mechanismText(token.supportedMech)],
      ['mechListMIC', mic],
    ]),
    parts: token.responseToken === undefined ? [] : [inner(token.responseToken)],
  };
}

function mechanismText(oid: string): string {
  const name = mechanismName(oid);
  return name === oid ? oid : `${name} (${oid})`;
}

function inner(bytes: Uint8Array): Report {
  return tokenReport(bytes) ?? { title: `token of ${bytes.length} bytes`, facts: [], parts: [] };
}
