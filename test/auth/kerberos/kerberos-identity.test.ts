import { describe, expect, it } from '@jest/globals';
import { kerberosIdentity } from '../../../lib/auth/kerberos/kerberos-identity.js';
import { Secret } from '../../../lib/base/secret.js';

const password = new Secret('Passw0rd!');

describe('the principal of a credential', () => {
  it.each([
    ['dhcpadmin', undefined, 'dhcpadmin'],
    ['dhcpadmin@contoso.com', undefined, 'dhcpadmin@CONTOSO.COM'],
    ['CONTOSO\\dhcpadmin', undefined, 'dhcpadmin'],
    ['corp.contoso.com\\dhcpadmin', undefined, 'dhcpadmin@CORP.CONTOSO.COM'],
    ['dhcpadmin', 'contoso.com', 'dhcpadmin@CONTOSO.COM'],
    ['dhcpadmin', 'CONTOSO', 'dhcpadmin'],
  ])('%s (domain %s) is %s', (userName, domain, principal) => {
    expect(kerberosIdentity({ userName, password, ...(domain && { domain }) })).toEqual({ principal, password });
  });

  it('is the logon of the process when there is no credential', () => {
    expect(kerberosIdentity(undefined)).toEqual({});
    expect(kerberosIdentity(undefined, { ticketCache: 'FILE:/tmp/krb5cc_0' })).toEqual({
      ticketCache: 'FILE:/tmp/krb5cc_0',
    });
  });

  it('uses the keytab and not the password when both are there', () => {
    expect(kerberosIdentity({ userName: 'batch', password }, { keytab: '/etc/batch.keytab' })).toEqual({
      principal: 'batch',
      keytab: '/etc/batch.keytab',
    });
  });
});
