import { describe, expect, it } from '@jest/globals';
import {
  AUTHENTICATIONS,
  authenticationOf,
  withDeclaredAuthentication,
} from '../../../lib/cim/session/authentication-names.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';

describe('an authentication', () => {
  it.each(AUTHENTICATIONS)('%s is taken in any case', (name) => {
    expect(authenticationOf(name.toUpperCase())).toBe(name);
    expect(authenticationOf(`${name}x`)).toBeUndefined();
  });

  it('has its declared spelling in a session, so that all that depends on it holds', async () => {
    const options = { authentication: 'credssp', credential: { userName: 'u', password: 'p' } } as unknown;
    expect(withDeclaredAuthentication(options as CimSessionOptions)).toMatchObject({ authentication: 'CredSsp' });
    const session = await newCimSession('dhcpserver.contoso.com', options as CimSessionOptions);
    await session.close();
    const contradiction = { authentication: 'NTLM', allowNtlm: false } as unknown as CimSessionOptions;
    await expect(newCimSession('dhcpserver.contoso.com', contradiction)).rejects.toThrow('contradicts');
  });

  it('that there is not is left as it is, to be refused by its own name', async () => {
    const options = { authentication: 'digest' } as unknown as CimSessionOptions;
    expect(withDeclaredAuthentication(options)).toBe(options);
    await expect(newCimSession('dhcpserver.contoso.com', options)).rejects.toThrow('authentication: "digest"');
  });
});
