import { mechanismName } from '../../../auth/contract/mechanism-oids.js';
import { isNtlmMessage } from '../../../auth/ntlm/message/message-reader.js';
import { isInitialContextToken, parseInitialContextToken } from '../../../auth/spnego/initial-context-token.js';
import { isNegToken, parseNegToken } from '../../../auth/spnego/neg-token.js';
import { type Account, factsOf, hex } from './account.js';
import { isKerberosMessage, kerberosAccount } from './kerberos-account.js';
import { ntlmAccount } from './ntlm-account.js';

/** What a security token is, whichever mechanism made it; undefined when it is none that we know. */
export function tokenAccount(bytes: Uint8Array): Account | undefined {
  if (isNtlmMessage(bytes)) return ntlmAccount(bytes);
  if (isNegToken(bytes)) return spnegoAccount(bytes);
  if (isInitialContextToken(bytes)) return gssAccount(bytes);
  if (isKerberosMessage(bytes)) return kerberosAccount(bytes);
  return undefined;
}

function gssAccount(bytes: Uint8Array): Account {
  const { oid, innerToken } = parseInitialContextToken(bytes);
  return {
    title: `GSSAPI token (${bytes.length} bytes)`,
    facts: [['mechanism', mechanismText(oid)]],
    parts: [inner(innerToken)],
  };
}

function spnegoAccount(bytes: Uint8Array): Account {
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

function inner(bytes: Uint8Array): Account {
  return tokenAccount(bytes) ?? { title: `token of ${bytes.length} bytes`, facts: [], parts: [] };
}
