import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { defaultLabDescription } from '../../lib/emulator/lab/lab-description.js';
import type { AuthenticationSettings } from '../../lib/emulator/listener/authentication-settings.js';
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
