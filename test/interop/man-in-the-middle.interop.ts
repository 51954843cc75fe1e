// What a man in the middle makes of replies that are sealed with tickets of MIT's KDC.
import { describeManInTheMiddle } from '../security/man-in-the-middle.js';
import { realmEmulator } from './realm-emulator.js';

describeManInTheMiddle(
  [
    ['Kerberos', () => ({ authentication: 'Kerberos' })],
    ['Negotiate', () => ({ authentication: 'Negotiate' })],
  ],
  () => realmEmulator(),
);
