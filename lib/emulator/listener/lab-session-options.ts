import type { Credential } from '../../auth/contract/credential.js';
import { CimletError } from '../../base/errors.js';
import type { Lab } from '../lab/lab.js';
import type { AuthenticationSettings } from './authentication-settings.js';

/** Where one server listens. */
export interface EmulatedEndpoints {
  /** Full name: what a client should call the server. */
  readonly name: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly https: { readonly host: string; readonly port: number };
}

/** Options of a session to whichever server of a lab. */
export interface LabSessionOptions {
  /** The lab's first account. */
  readonly credential: Credential;
  /** CredSSP, so that a server can act as the caller at its partner; NTLM where the lab does not offer it. */
  readonly authentication: 'CredSsp' | 'Ntlm';
  /** The lab has no realm, and looking for one may take long. */
  readonly kerberos: false;
  readonly useSsl: false;
  /** The lab's authority, which signed the certificates of https and of CredSSP. */
  readonly tls: { readonly ca: string };
  /** Finds a server by its full or short name or its address; `localhost` is the first. Throws `ERR_NAME_NOT_RESOLVED` for any other. */
  readonly connectTo: (target: {
    readonly computerName: string;
    readonly secure: boolean;
  }) => EmulatedEndpoints['http'];
}

const LOCAL = /^(?:localhost|\.|127\.0\.0\.1|\[?::1\]?)$/i;

export function labSessionOptions(
  lab: Lab,
  servers: readonly EmulatedEndpoints[],
  credential: Credential,
  ca: string,
  { credSsp = true }: AuthenticationSettings,
): LabSessionOptions {
  return {
    credential,
    authentication: credSsp ? 'CredSsp' : 'Ntlm',
    kerberos: false,
    useSsl: false,
    tls: { ca },
    connectTo: ({ computerName, secure }) => {
      const name = serverName(lab, computerName);
      const endpoints = servers.find((one) => one.name === name);
      if (endpoints === undefined) throw new TypeError(`The lab's server ${name} does not listen.`);
      return secure ? endpoints.https : endpoints.http;
    },
  };
}

/** The full name of the server that a computer's name means in this lab. */
export function serverName(lab: Lab, computerName: string): string {
  const names = lab.servers.map(({ name }) => name);
  const [first] = names;
  if (LOCAL.test(computerName) && first !== undefined) return first;
  const wanted = computerName.toLowerCase();
  const found = lab.servers.find(
    ({ name, shortName, address }) =>
      name.toLowerCase() === wanted || shortName.toLowerCase() === wanted || address === wanted,
  );
  if (found !== undefined) return found.name;
  throw new CimletError('ERR_NAME_NOT_RESOLVED', `The lab has no server named ${JSON.stringify(computerName)}.`, {
    hint: `It has ${names.join(' and ')}.`,
  });
}
