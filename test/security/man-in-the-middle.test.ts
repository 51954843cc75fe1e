import { startEmulator } from '../../lib/emulator/emulator.js';
import { describeManInTheMiddle } from './man-in-the-middle.js';

describeManInTheMiddle(
  [
    ['Ntlm', ({ credential }) => ({ authentication: 'Ntlm', credential })],
    ['Negotiate', ({ credential }) => ({ authentication: 'Negotiate', kerberos: false, credential })],
    ['CredSsp', ({ sessionOptions }) => sessionOptions],
  ],
  () => startEmulator(),
);
