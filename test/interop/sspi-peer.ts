// Runs under Windows' Node: one exchange through SSPI, driven by lines of JSON over a loopback socket.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { SecurityContext } from '../../lib/auth/contract/security-context.js';
import type { GssSession } from '../../lib/auth/kerberos/gss-provider.js';
import { sspiContext } from '../../lib/auth/sspi/sspi-context.js';
import { acquireSspiCredential } from '../../lib/auth/sspi/sspi-credential.js';
import { loadSspiLibrary } from '../../lib/auth/sspi/sspi-library.js';
import { INITIATOR_FLAG, SspiInitiator } from '../../lib/auth/sspi/sspi-session.js';
import { systemGssProvider } from '../../lib/auth/system-gss-provider.js';

type Parameters = Readonly<Record<string, string | undefined>>;

const { mutualAuthentication, replayDetection, sequenceDetection, confidentiality, integrity } = INITIATOR_FLAG;
const ISC_REQ_USE_DCE_STYLE = 0x200;
/** By the name that the driver gives them. */
const sessions = new Map<string, GssSession>();
let negotiation: SecurityContext | undefined;

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('base64');
const bytes = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64');
const bindings = ({ bindings: value }: Parameters): Buffer | undefined => (value === undefined ? value : bytes(value));

function named({ session = '' }: Parameters): GssSession {
  const found = sessions.get(session);
  if (found === undefined) throw new Error(`No exchange ${session} was begun.`);
  return found;
}

function keep({ session = '' }: Parameters, begun: GssSession): void {
  sessions.set(session, begun);
}

async function initiateWith(packageName: 'Kerberos' | 'NTLM', parameters: Parameters): Promise<GssSession> {
  const library = await loadSspiLibrary();
  const { user = '', domain = '', password = '', target = '' } = parameters;
  const credential = await acquireSspiCredential(library, packageName, 'initiate', { user, domain, password });
  const protection = replayDetection | sequenceDetection | confidentiality | integrity;
  const dceStyle = parameters['dceStyle'] === undefined ? 0 : ISC_REQ_USE_DCE_STYLE;
  const flags = packageName === 'NTLM' ? protection : protection | mutualAuthentication | dceStyle;
  // Wine's NTLM protects messages and says nothing of it in its flags.
  const required = packageName === 'NTLM' ? 0 : flags;
  return new SspiInitiator(library, credential, { target, flags, required, channelBindings: bindings(parameters) });
}

const COMMANDS: Readonly<Record<string, (parameters: Parameters) => Promise<object>>> = {
  async initiate(parameters) {
    const provider = await systemGssProvider();
    const service = parameters['service'] ?? '';
    keep(
      parameters,
      await provider.initiate({ identity: {}, service, delegate: false, channelBindings: bindings(parameters) }),
    );
    return { provider: provider.name };
  },
  async initiateWithPassword(parameters) {
    const packageName = parameters['package'] === 'NTLM' ? 'NTLM' : 'Kerberos';
    keep(parameters, await initiateWith(packageName, parameters));
    return {};
  },
  async accept(parameters) {
    const provider = await systemGssProvider();
    keep(parameters, await provider.accept({ channelBindings: bindings(parameters) }));
    return {};
  },
  async step(parameters) {
    const { token } = parameters;
    const session = named(parameters);
    const reply = await session.step(token === undefined ? undefined : bytes(token));
    return { token: text(reply), complete: session.complete };
  },
  async wrap(parameters) {
    const { header, data } = named(parameters).wrap(bytes(parameters['message']));
    return { header: text(header), data: text(data) };
  },
  async unwrap(parameters) {
    const { header, data } = parameters;
    return { message: text(named(parameters).unwrap(bytes(header), bytes(data))) };
  },
  async getMic(parameters) {
    return { mic: text(named(parameters).getMic(bytes(parameters['message']))) };
  },
  async verifyMic(parameters) {
    named(parameters).verifyMic(bytes(parameters['message']), bytes(parameters['mic']));
    return {};
  },
  /** One step of Windows' own Negotiate with the logon of the process. */
  async negotiate({ token, target = '' }) {
    negotiation ??= sspiContext({ package: 'Negotiate', target });
    const reply = await negotiation.step(token === undefined ? undefined : bytes(token));
    const { complete, mechanism, scheme } = negotiation;
    return { token: text(reply), complete, mechanism, scheme };
  },
  async dispose() {
    negotiation?.dispose();
    negotiation = undefined;
    for (const session of sessions.values()) session.dispose();
    sessions.clear();
    return {};
  },
};

const socket = connect(Number(process.argv[2]), '127.0.0.1');
socket.on('close', () => process.exit());
createInterface({ input: socket }).on('line', async (line) => {
  const { command = '', ...parameters } = JSON.parse(line) as Parameters;
  let answer: object;
  try {
    answer = (await COMMANDS[command]?.(parameters)) ?? { error: `There is no command ${command}.` };
  } catch (error) {
    const { message, code, hint } = error as Error & { readonly code?: string; readonly hint?: string };
    answer = { error: message, code, hint };
  }
  socket.write(`${JSON.stringify(answer)}\n`);
});
