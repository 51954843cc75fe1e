/** What a user bundles: a lab, and a session by each mechanism; it prints a line for each. As an ES module, with top-level await. */
export const APPLICATION = `
import { newCimSession, CimletError } from 'cimlet';
import { startEmulator } from 'cimlet/emulator';
const emulator = await startEmulator();
const product = async (authentication) => {
  const session = await newCimSession('dhcpserver.contoso.com', {
    ...emulator.sessionOptions, kerberos: {}, authentication,
  });
  try {
    return (await session.testConnection()).productVendor;
  } catch (error) {
    return error instanceof CimletError ? error.code + ' ' + error.message + ' ' + error.hint : String(error);
  } finally {
    await session.close();
  }
};
for (const authentication of ['Ntlm', 'Negotiate', 'CredSsp', 'Kerberos']) console.log(authentication, await product(authentication));
await emulator.close();
`;

/** The same for a CommonJS file. */
export const COMMONJS_APPLICATION = `(async () => { ${APPLICATION.replace(
  /import (.*) from (.*);/g,
  'const $1 = require($2);',
)} })();`;

/** What it prints where the optional peer is absent. */
export const APPLICATION_OUTPUT = [
  'Ntlm Microsoft Corporation',
  'Negotiate Microsoft Corporation',
  'CredSsp Microsoft Corporation',
  'Kerberos ERR_MISSING_PEER Kerberos needs the optional package "koffi", which is not installed. Run: npm install koffi',
];
