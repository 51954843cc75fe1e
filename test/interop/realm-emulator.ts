import { gssapiProvider } from '../../lib/auth/kerberos/gssapi-provider.js';
import type { AuthenticationSettings } from '../../lib/emulator/authentication-settings.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { defaultLabDescription } from '../../lib/emulator/lab-description.js';
import { PASSWORD, USER } from './kdc.js';

/** The default lab, whose administrator is the user of the test realm, and which accepts the realm's tickets. */
export function realmEmulator(settings: AuthenticationSettings = {}): Promise<Emulator> {
  return startEmulator({
    lab: {
      ...defaultLabDescription,
      users: [
        { userName: `CONTOSO\\${USER}`, password: PASSWORD },
        { userName: 'CONTOSO\\batch', password: PASSWORD },
      ],
    },
    authentication: {
      kerberos: { provider: () => gssapiProvider(), keytab: process.env['CIMLET_TEST_KEYTAB'] ?? '' },
      ...settings,
    },
  });
}
