import { resolve } from 'node:path';
import { invalidArgument } from '../../base/errors.js';
import { isOn, textOf, textsOf } from '../../cim-cmdlets/call/call-values.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import { FILE_ROOT } from '../export-file/file-elements.js';
import { checkPlace, FileWriter, refuseWindowsPlace } from '../export-file/file-writer.js';
import type { DhcpServerv4Scope } from '../generated/classes/dhcpserverv4scope.js';
import type { DhcpServerv6Scope } from '../generated/classes/dhcpserverv6scope.js';
import type { DhcpServerVersion } from '../generated/classes/dhcpserverversion.js';
import { refuseOtherFamily } from '../script/scope-selection.js';
import { ScriptCalls, ScriptEnded } from '../script/script-calls.js';
import { ServerExport } from './server-export.js';

/** What Export-DhcpServer does on its server. */
export function exportOperation(call: CallParameters): CmdletOperation {
  const written = textOf(call, 'File') ?? '';
  const file = resolve(written);
  refuseOtherFamily(call);
  return {
    description: 'export of a DHCP server',
    shouldProcess: 'each',
    errorTarget: { name: file, type: 'String' },
    async run(session, context) {
      const replaces = isOn(call, 'Force');
      refuseWindowsPlace(written);
      await checkPlace(file, replaces);
      const calls = new ScriptCalls(call, session, context);
      try {
        const selection = await select(calls, call);
        if (selection === undefined) {
          context.verbose(`Nothing is exported, and ${file} is not written.`);
          return;
        }
        const sentence = sentenceOf(selection, calls.server, file, isOn(call, 'Leases'));
        if (!(await context.shouldProcess({ target: file, sentence }))) return;
        const writer = await FileWriter.create(file, replaces);
        try {
          await write(calls, selection, writer, isOn(call, 'Leases'));
          await writer.finish();
        } catch (error) {
          await writer.discard();
          throw error;
        }
      } catch (error) {
        if (!(error instanceof ScriptEnded)) throw error;
      }
    },
  };
}

/** What is to be exported: a family that is absent is left out of the file. */
interface Selection {
  readonly scopes: readonly DhcpServerv4Scope[] | undefined;
  readonly prefixes: readonly DhcpServerv6Scope[] | undefined;
  /** The whole server. */
  readonly isComplete: boolean;
}

/** Scopes that are not there are told, and the others exported. Undefined when nothing is left of what was asked for. */
async function select(calls: ScriptCalls, call: CallParameters): Promise<Selection | undefined> {
  const scopeIds = textsOf(call, 'ScopeId');
  const prefixes = textsOf(call, 'Prefix');
  if (scopeIds === undefined && prefixes === undefined) {
    return {
      scopes: await calls.must<DhcpServerv4Scope>('Get-DhcpServerv4Scope'),
      prefixes: await calls.must<DhcpServerv6Scope>('Get-DhcpServerv6Scope'),
      isComplete: true,
    };
  }
  const scopes: DhcpServerv4Scope[] = [];
  for (const ScopeId of new Set(scopeIds)) {
    scopes.push(...(await calls.all<DhcpServerv4Scope>('Get-DhcpServerv4Scope', { ScopeId })));
  }
  const found: DhcpServerv6Scope[] = [];
  for (const Prefix of new Set(prefixes)) {
    found.push(...(await calls.all<DhcpServerv6Scope>('Get-DhcpServerv6Scope', { Prefix })));
  }
  if (scopes.length === 0 && found.length === 0) return undefined;
  return {
    scopes: scopes.length === 0 ? undefined : scopes,
    prefixes: found.length === 0 ? undefined : found,
    isComplete: false,
  };
}

function sentenceOf(selection: Selection, server: string, file: string, leases: boolean): string {
  const what = `The configuration${leases ? ' (and leases)' : ''}`;
  if (selection.isComplete) return `${what} on server ${server} will be exported to the file ${file}.`;
  const names = [
    ...(selection.scopes ?? []).map(({ ScopeId }) => ScopeId),
    ...(selection.prefixes ?? []).map(({ Prefix }) => Prefix),
  ];
  return `${what} for the scope(s) ${names.join(', ')} on server ${server} will be exported to the file ${file}.`;
}

async function write(calls: ScriptCalls, selection: Selection, writer: FileWriter, leases: boolean): Promise<void> {
  const { scopes, prefixes } = selection;
  const [version] = await calls.must<DhcpServerVersion>('Get-DhcpServerVersion');
  if (version === undefined) throw invalidArgument('ComputerName', calls.server, 'It did not tell its version.');
  const total = (scopes?.length ?? 0) + (prefixes?.length ?? 0);
  const server = new ServerExport(calls, writer, version, leases, total);
  writer.open(FILE_ROOT);
  writer.leaf('MajorVersion', version.MajorVersion);
  writer.leaf('MinorVersion', version.MinorVersion);
  if (scopes !== undefined) await server.ipv4(scopes);
  if (prefixes !== undefined) await server.ipv6(prefixes);
}
