import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DiagnosticMessages } from '../../base/diagnostics.js';
import { newCimSession } from '../../cim/session/cim-session.js';
import type { CmdletHost, ConfirmationAnswer } from '../../cmdlet/contract/host.js';
import { cmdletDefinitions } from '../../dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../emulator/emulator.js';
import { parseCommandLine } from '../language/parse-line.js';
import type { CommandServices } from '../pipeline/command-services.js';
import { runCommandLine } from '../pipeline/run-command-line.js';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import { promptText, questionText } from '../terminal/terminal-host.js';
import { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';

/** The first example of Add-DhcpServerv4Failover's help, then a look at both servers. */
const LINES = [
  'Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -SharedSecret "sEcReT"',
  'Get-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com"',
  'Get-DhcpServerv4Failover -ComputerName "dhcpserver2.contoso.com"',
];

/** Starts a lab, creates a failover relationship over sealed http, and shows it on both servers, as a console session would look. */
export async function runDemo(options: CommandOptions, io: CommandIo): Promise<number> {
  const emulator = await startEmulator();
  const transcript = options.json ? io.stderr : io.stdout;
  const host: CmdletHost = {
    async confirm(prompt): Promise<ConfirmationAnswer> {
      await writeText(transcript, `${promptText(prompt)}${questionText(prompt, false)}Y\n`);
      return 'yes';
    },
  };
  const services: CommandServices = { definitions: cmdletDefinitions, sessionFactory: sessionsTo(emulator), host };
  const input = new TerminalInput(io.stdin);
  let exitCode = 0;
  const stop = onLogon((text) => void writeText(io.stderr, `${text}\n`));
  try {
    for (const line of LINES) {
      await writeText(transcript, `PS C:\\> ${line}\n`);
      exitCode = Math.max(
        exitCode,
        await runCommandLine(parseCommandLine(line), { ...options, emulator: true }, io, input, services),
      );
    }
    return exitCode;
  } finally {
    stop();
    await emulator.close();
  }
}

/** Tells of every connection how it logged on, since that is what a newcomer cannot see otherwise. */
function onLogon(print: (text: string) => void): () => void {
  const listener = (message: unknown) => {
    const { host, mechanism, encrypts, delegates } = message as DiagnosticMessages['cimlet:auth:complete'];
    const facts = [encrypts ? 'messages encrypted' : 'messages in the clear', delegates ? 'credential delegated' : ''];
    print(`[${host}: ${[mechanism, ...facts].filter(Boolean).join(', ')}]`);
  };
  subscribe('cimlet:auth:complete', listener);
  return () => unsubscribe('cimlet:auth:complete', listener);
}

/** CredSSP over http: messages are sealed, and the server gets the credential itself, so that it can act as the caller at its partner. */
function sessionsTo({ sessionOptions }: Emulator): CommandServices['sessionFactory'] {
  return (computerName) => newCimSession(computerName, sessionOptions);
}
