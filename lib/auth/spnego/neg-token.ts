import { CimletError } from '../../base/errors.js';
import {
  contextTag,
  DerReader,
  DerTag,
  decodeOid,
  decodeSmallInteger,
  encodeDer,
  encodeEnumerated,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../../crypto/der.js';
import { SPNEGO_OID } from '../contract/mechanism-oids.js';
import { encodeInitialContextToken, isInitialContextToken, parseInitialContextToken } from './initial-context-token.js';

const LONGEST_TOKEN = 0x10000;

/** What a server hints at in its own first token (MS-SPNG 2.2.1). */
export interface NegHints {
  /** `not_defined_in_RFC4178@please_ignore` from everyone since Windows Vista. */
  readonly hintName?: string;
}

/** The first token of an exchange (RFC 4178 4.2.1), or a server's NegTokenInit2. */
export interface NegTokenInit {
  readonly type: 'NegTokenInit';
  /** Object identifiers, the preferred one first. */
  readonly mechTypes: readonly string[];
  /** The MechTypeList in DER, which mechListMIC protects. */
  readonly encodedMechTypes: Uint8Array;
  readonly mechToken?: Uint8Array;
  readonly mechListMic?: Uint8Array;
  readonly hints?: NegHints;
}

const NEG_STATES = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'] as const;
export type NegState = (typeof NEG_STATES)[number];

/** Every later token (RFC 4178 4.2.2). */
export interface NegTokenResp {
  readonly type: 'NegTokenResp';
  readonly negState?: NegState;
  readonly supportedMech?: string;
  readonly responseToken?: Uint8Array;
  readonly mechListMic?: Uint8Array;
}

export type NegToken = NegTokenInit | NegTokenResp;

/** True when `bytes` begin like a SPNEGO token rather than like a raw mechanism's. */
export function isNegToken(bytes: Uint8Array): boolean {
  if (bytes[0] === contextTag(1)) return true;
  if (!isInitialContextToken(bytes)) return false;
  try {
    return parseInitialContextToken(bytes).oid === SPNEGO_OID;
  } catch {
    return true;
  }
}

/**
 * Reads a SPNEGO token of either kind. Fields in a wrong order, unknown fields and bytes behind the token are refused.
 * @throws ERR_PROTOCOL when it breaks its format.
 */
export function parseNegToken(bytes: Uint8Array): NegToken {
  if (bytes.length > LONGEST_TOKEN) throw malformed(`it is longer than ${LONGEST_TOKEN} bytes`);
  if (!isInitialContextToken(bytes)) return parseResp(bytes);
  const { oid, innerToken } = parseInitialContextToken(bytes);
  if (oid !== SPNEGO_OID) throw malformed(`it is a token of mechanism ${oid}`);
  return parseInit(innerToken);
}

/** The MechTypeList in DER. */
export function encodeMechTypes(mechTypes: readonly string[]): Uint8Array {
  return encodeSequence(...mechTypes.map(encodeOid));
}

export function encodeNegTokenInit(token: Pick<NegTokenInit, 'mechTypes' | 'mechToken'>): Uint8Array {
  const fields = [encodeDer(contextTag(0), encodeMechTypes(token.mechTypes))];
  if (token.mechToken !== undefined) fields.push(encodeDer(contextTag(2), encodeOctetString(token.mechToken)));
  return encodeInitialContextToken(SPNEGO_OID, encodeDer(contextTag(0), encodeSequence(...fields)));
}

export function encodeNegTokenResp(token: Omit<NegTokenResp, 'type'>): Uint8Array {
  const fields: Uint8Array[] = [];
  if (token.negState !== undefined) {
    fields.push(encodeDer(contextTag(0), encodeEnumerated(NEG_STATES.indexOf(token.negState))));
  }
  if (token.supportedMech !== undefined) fields.push(encodeDer(contextTag(1), encodeOid(token.supportedMech)));
  if (token.responseToken !== undefined) fields.push(encodeDer(contextTag(2), encodeOctetString(token.responseToken)));
  if (token.mechListMic !== undefined) fields.push(encodeDer(contextTag(3), encodeOctetString(token.mechListMic)));
  return encodeDer(contextTag(1), encodeSequence(...fields));
}

function parseInit(innerToken: Uint8Array): NegTokenInit {
  const fields = enterOnly(innerToken, contextTag(0));
  const encodedMechTypes = copy(fields.readOptional(contextTag(0))) ?? encodeMechTypes([]);
  fields.readOptional(contextTag(1)); // reqFlags: to be ignored (MS-SPNG 3.1.5.3)
  const mechToken = octets(fields.enterOptional(contextTag(2)));
  const third = fields.enterOptional(contextTag(3));
  // [3] is mechListMIC in RFC 4178 and negHints in MS-SPNG, which moves the MIC to [4].
  const hinted = third?.peekTag() === DerTag.sequence;
  const hints = hinted && third !== undefined ? parseHints(third) : undefined;
  const mechListMic = octets(hinted ? undefined : third) ?? octets(fields.enterOptional(contextTag(4)));
  fields.end();
  return {
    type: 'NegTokenInit',
    mechTypes: parseMechTypes(encodedMechTypes),
    encodedMechTypes,
    ...(mechToken !== undefined && { mechToken }),
    ...(mechListMic !== undefined && { mechListMic }),
    ...(hints !== undefined && { hints }),
  };
}

function parseMechTypes(encoded: Uint8Array): string[] {
  const list = new DerReader(encoded);
  const mechTypes: string[] = [];
  const items = list.enter(DerTag.sequence);
  while (!items.done) mechTypes.push(decodeOid(items.read(DerTag.oid)));
  list.end();
  return mechTypes;
}

function parseHints(reader: DerReader): NegHints {
  const fields = reader.enter(DerTag.sequence);
  reader.end();
  const name = fields.enterOptional(contextTag(0));
  const hintName = name?.read(DerTag.generalString);
  name?.end();
  fields.readOptional(contextTag(1)); // hintAddress
  fields.end();
  return hintName === undefined ? {} : { hintName: Buffer.from(hintName).toString('latin1') };
}

function parseResp(bytes: Uint8Array): NegTokenResp {
  const fields = enterOnly(bytes, contextTag(1));
  const state = fields.enterOptional(contextTag(0));
  const negState = state === undefined ? undefined : NEG_STATES[decodeSmallInteger(state.read(DerTag.enumerated))];
  if (state !== undefined && negState === undefined) throw malformed('its negState is unknown');
  state?.end();
  const mech = fields.enterOptional(contextTag(1));
  const supportedMech = mech && decodeOid(mech.read(DerTag.oid));
  mech?.end();
  const responseToken = octets(fields.enterOptional(contextTag(2)));
  const mechListMic = octets(fields.enterOptional(contextTag(3)));
  fields.end();
  return {
    type: 'NegTokenResp',
    ...(negState !== undefined && { negState }),
    ...(supportedMech !== undefined && { supportedMech }),
    ...(responseToken !== undefined && { responseToken }),
    ...(mechListMic !== undefined && { mechListMic }),
  };
}

/** The SEQUENCE inside the choice's tag, with nothing around either. */
function enterOnly(bytes: Uint8Array, tag: number): DerReader {
  const outer = new DerReader(bytes);
  const choice = outer.enter(tag);
  outer.end();
  const sequence = choice.enter(DerTag.sequence);
  choice.end();
  return sequence;
}

function octets(field: DerReader | undefined): Uint8Array | undefined {
  const value = copy(field?.read(DerTag.octetString));
  field?.end();
  return value;
}

function copy(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes && new Uint8Array(bytes);
}

function malformed(what: string): CimletError {
  return new CimletError('ERR_PROTOCOL', `Malformed SPNEGO token: ${what}.`);
}
