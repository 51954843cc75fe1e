import {
  type Change,
  LIMITS,
  METHODS,
  type Method,
  type Params,
  type ProtectSettings,
  type SecretChoice,
} from '../bridge.js';
import { address, type Check, fields, flag, forms, list, oneOf, orNull, refused, text, whole } from './check.js';

const SECONDS = whole(0, 0xffff_ffff);
const PERCENT = whole(0, 100);
const server = text(255, 1);
const servers = list(server, LIMITS.items);
const key = text(300, 1);
const id = text(100, 1);
const name = text(1000);
const scopeIds = list(address, LIMITS.items);
const mode = oneOf('LoadBalance', 'HotStandby');
const role = oneOf('Active', 'Standby');
const on = orNull(list(server, 2));

const secret = forms<SecretChoice>('how', {
  off: fields({ how: oneOf('off'), text: nothing }),
  generate: fields({ how: oneOf('generate'), text: nothing }),
  keep: fields({ how: oneOf('keep'), text: nothing }),
  typed: fields({ how: oneOf('typed'), text: text(1000) }),
});

function nothing(value: unknown, field: string): null {
  if (value !== null) throw refused(field, 'It is not null.');
  return null;
}

const protect = {
  server,
  scopeIds,
  partner: text(255),
  name,
  existing: orNull(key),
  mode,
  share: PERCENT,
  reserve: PERCENT,
  role,
  mcltSeconds: SECONDS,
  switchAfterSeconds: orNull(SECONDS),
  secret,
} satisfies { readonly [N in keyof ProtectSettings]: Check<ProtectSettings[N]> };

const inScope = { server, scopeId: address };

const change = forms<Change>('kind', {
  replicate: fields({
    kind: oneOf('replicate'),
    relationships: list(fields({ key, from: server }), 1000),
    scopeIds: orNull(scopeIds),
  }),
  remove: fields({ kind: oneOf('remove'), key, keeper: server, force: flag }),
  takeOut: fields({ kind: oneOf('takeOut'), key, keeper: server, scopeIds }),
  keep: fields({ kind: oneOf('keep'), key, owner: server, items: list(name, 1000) }),
  partnerDown: fields({ kind: oneOf('partnerDown'), key, survivor: server }),
  set: fields({
    kind: oneOf('set'),
    key,
    server,
    mode: orNull(mode),
    share: orNull(PERCENT),
    reserve: orNull(PERCENT),
    role: orNull(role),
    mcltSeconds: orNull(SECONDS),
    automaticSwitch: orNull(flag),
    switchAfterSeconds: orNull(SECONDS),
    secret,
  }),
  protect: fields({ kind: oneOf('protect'), ...protect }),
  addScopes: fields({ kind: oneOf('addScopes'), key, server, scopeIds }),
  reservation: fields({
    kind: oneOf('reservation'),
    action: oneOf('add', 'change', 'delete'),
    ...inScope,
    address,
    clientId: orNull(name),
    name: orNull(name),
    description: orNull(name),
    on,
  }),
  lease: fields({ kind: oneOf('lease'), ...inScope, address, on }),
  exclusion: fields({
    kind: oneOf('exclusion'),
    action: oneOf('add', 'delete'),
    ...inScope,
    start: address,
    end: address,
    on,
  }),
  option: fields({
    kind: oneOf('option'),
    action: oneOf('set', 'delete'),
    ...inScope,
    optionId: whole(1, 255),
    value: list(name, 100),
    on,
  }),
  putBack: fields({ kind: oneOf('putBack'), id }),
});

const CHECKS: { readonly [M in Method]: Check<Params[M]> } = {
  state: fields({}),
  signIn: fields({
    how: oneOf('password', 'ticket', 'remembered', 'lab'),
    user: orNull(name),
    password: orNull(name),
    logon: oneOf('CredSsp', 'Kerberos', 'Negotiate'),
    server: orNull(server),
    onlyThere: flag,
    remember: flag,
  }),
  signOut: fields({ forget: flag }),
  servers: fields({ add: orNull(text(LIMITS.bytes)), remove: servers }),
  fleet: fields({ servers: orNull(servers) }),
  pairs: fields({ servers: orNull(servers), compare: flag }),
  pair: fields({ key }),
  compare: fields({ key, reservationOptions: list(address, LIMITS.items) }),
  entries: forms<Params['entries']>('kind', {
    scopes: fields({ kind: oneOf('scopes'), servers: orNull(servers) }),
    addresses: fields({ kind: oneOf('addresses'), ...inScope }),
  }),
  find: fields({ text: text(300, 1), servers: orNull(servers) }),
  check: forms<Params['check']>('kind', {
    why: fields({ kind: oneOf('why'), key }),
    protect: fields({ kind: oneOf('protect'), ...protect }),
  }),
  plan: fields({ change }),
  apply: fields({ id, typed: orNull(name) }),
  activity: fields({ key: orNull(key), id: orNull(id) }),
  save: forms<Params['save']>('what', {
    fleet: fields({ what: oneOf('fleet') }),
    pairs: fields({ what: oneOf('pairs') }),
    activity: fields({ what: oneOf('activity') }),
    differences: fields({ what: oneOf('differences'), key }),
    addresses: fields({ what: oneOf('addresses'), ...inScope, filter: text(300) }),
  }),
};

export const isMethod = (value: unknown): value is Method => METHODS.some((method) => method === value);

/**
 * The params of a method, field by field: what crosses is not believed.
 * @throws ConsoleError `REFUSED` for an unknown method or field, a wrong type, more than 64 KiB or more than 10,000 items.
 */
export function checkedParams<M extends Method>(method: M, params: unknown): Params[M] {
  if (!isMethod(method)) throw refused('', 'The engine has no such method.');
  checkSize(params);
  return CHECKS[method](params, '');
}

function checkSize(params: unknown): void {
  let items = 0;
  let size: number;
  try {
    const json = JSON.stringify(params, (_, value: unknown) => {
      if (Array.isArray(value)) items += value.length;
      return value;
    });
    size = Buffer.byteLength(json ?? '');
  } catch {
    throw refused('', 'They are no JSON.');
  }
  if (size > LIMITS.bytes) throw refused('', `They have more than ${LIMITS.bytes} bytes.`);
  if (items > LIMITS.items) throw refused('', `They have more than ${LIMITS.items} items.`);
}
