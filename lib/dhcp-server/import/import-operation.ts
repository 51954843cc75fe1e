import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CimletError } from '../../base/errors.js';
import { isOn, textOf, textsOf } from '../../cim-cmdlets/call/call-values.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import { OperationError } from '../../cmdlet/contract/operation-error.js';
import { fileError } from '../export-file/file-error.js';
import type { DhcpServerVersion } from '../generated/classes/dhcpserverversion.js';
import { refuseOtherFamily } from '../script/scope-selection.js';
import { ScriptCalls, ScriptEnded } from '../script/script-calls.js';
import { isAtLeast, versionText } from '../script/server-version.js';
import { type ImportStep, importSteps } from './import-steps.js';
import { type ImportChoice, ServerImport } from './server-import.js';

/** What Import-DhcpServer does on its server. */
export function importOperation(call: CallParameters): CmdletOperation {
  const file = resolve(textOf(call, 'File') ?? '');
  refuseOtherFamily(call);
  const choice = choiceOf(call);
  return {
    description: 'import of a DHCP server',
    shouldProcess: 'each',
    asksWhileItRuns: true,
    errorTarget: { name: file, type: 'String' },
    async run(session, context) {
      const calls = new ScriptCalls(call, session, context);
      const version = await versionOf(calls);
      const handle = await openFile(file);
      try {
        refuseNullScopes(call);
        const found = await check(handle, file, version);
        const sentence = sentenceOf(choice, calls.server, file);
        if (!(await context.shouldProcess({ target: file, sentence }))) return;
        if (!(await context.shouldContinue(`${sentence} Do you want to perform this action?`))) return;
        await importAll(calls, textOf(call, 'BackupPath') ?? '', async () => {
          const server = new ServerImport(calls, version, choice, { scopes: found.scopes.size, leases: found.leases });
          for await (const step of importSteps(handle, file)) await server.take(step);
          await calls.tell(absentScopes(choice, found, file));
        });
        context.verbose(`The import on server ${calls.server} has come to its end.`);
      } catch (error) {
        if (!(error instanceof ScriptEnded)) throw error;
      } finally {
        await handle.close();
      }
    },
  };
}

/** @throws CimletError `ERR_INVALID_ARGUMENT` for switches that exclude each other. */
function choiceOf(call: CallParameters): ImportChoice {
  const choice: ImportChoice = {
    scopeIds: textsOf(call, 'ScopeId'),
    prefixes: textsOf(call, 'Prefix'),
    leases: isOn(call, 'Leases'),
    overwrites: isOn(call, 'ScopeOverwrite'),
    serverOnly: isOn(call, 'ServerConfigOnly'),
  };
  if (!choice.serverOnly) return choice;
  const others: readonly (readonly [name: string, given: boolean])[] = [
    ['ScopeId', choice.scopeIds !== undefined],
    ['Prefix', choice.prefixes !== undefined],
    ['Leases', choice.leases],
    ['ScopeOverwrite', choice.overwrites],
  ];
  for (const [name, given] of others) {
    if (!given) continue;
    throw new CimletError('ERR_INVALID_ARGUMENT', `Import-DhcpServer: ${name} goes not with ServerConfigOnly.`, {
      hint: `Leave ${name} or ServerConfigOnly out: it concerns scopes, and ServerConfigOnly leaves all scopes alone.`,
    });
  }
  return choice;
}

/** PowerShell binds a null here. Who has one in the place of scopes does not mean all of them, and the settings of the server. */
function refuseNullScopes(call: CallParameters): void {
  const name = ['ScopeId', 'Prefix'].find((one) => call.parameters.get(one)?.value === null);
  if (name === undefined) return;
  throw new CimletError('ERR_INVALID_ARGUMENT', `Import-DhcpServer: ${name} is null.`, {
    hint: `Leave ${name} out to import everything that the file has, or give the scopes. Nothing was changed.`,
  });
}

/** Windows has the cmdlets of an import since 2012. */
async function versionOf(calls: ScriptCalls): Promise<DhcpServerVersion> {
  const [version] = await calls.must<DhcpServerVersion>('Get-DhcpServerVersion');
  if (version !== undefined && isAtLeast(version, 6, 2)) return version;
  const text = version === undefined ? 'unknown' : versionText(version);
  throw invalidOperation(`${calls.server} has version ${text}, and imports need 6.2 (Windows Server 2012) or later.`);
}

function invalidOperation(message: string): OperationError {
  return new OperationError('ERR_INVALID_ARGUMENT', message, {
    errorId: 'InvalidOperation',
    errorCategory: 'InvalidOperation',
    hint: 'Nothing was changed.',
  });
}

async function openFile(file: string): Promise<FileHandle> {
  const hint = 'Give the file that Export-DhcpServer has written; it is to be on this machine.';
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = isAbsent ? 'the file is not there' : 'the file cannot be read';
    throw fileError(file, isAbsent ? 'ResourceUnavailable' : 'ReadError', problem, hint, error);
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw fileError(file, 'ResourceUnavailable', 'this is no file', hint);
}

interface FoundInFile {
  /** Scopes by their address. */
  readonly scopes: ReadonlySet<string>;
  readonly leases: number;
}

/** Reads the whole file without doing anything. @throws OperationError for one that cannot be imported. */
async function check(handle: FileHandle, file: string, version: DhcpServerVersion): Promise<FoundInFile> {
  const scopes = new Set<string>();
  let leases = 0;
  for await (const step of importSteps(handle, file)) {
    if (step.kind === 'version') refuseNewer(step, version, file);
    if (step.kind === 'scope') scopes.add(String(step.record['ScopeId'] ?? step.record['Prefix']).toLowerCase());
    if (step.kind === 'lease') leases += 1;
  }
  return { scopes, leases };
}

/** Windows lets a file of 2012 R2 through on 2012. */
function refuseNewer(file: Extract<ImportStep, { kind: 'version' }>, server: DhcpServerVersion, path: string): void {
  const { MajorVersion, MinorVersion } = file;
  if (isAtLeast(server, MajorVersion, MinorVersion)) return;
  if (versionText(server) === '6.2' && versionText(file) === '6.3') return;
  throw invalidOperation(
    `${path} is of version ${versionText(file)}, and the server of ${versionText(server)}, which is older.`,
  );
}

/** The server is backed up first. Whatever ends the import after that comes with a warning of how to go back. */
async function importAll(calls: ScriptCalls, backupPath: string, run: () => Promise<void>): Promise<void> {
  await calls.must('Backup-DhcpServer', { Path: backupPath });
  calls.context.verbose(`The database of ${calls.server} has been backed up to ${backupPath}.`);
  try {
    await run();
  } catch (error) {
    const way = `Restore-DhcpServer with Path ${backupPath}`;
    calls.context.warning(`The import was not finished. To go back to what ${calls.server} had before, use ${way}.`);
    throw error;
  }
}

function sentenceOf({ scopeIds, prefixes, leases }: ImportChoice, server: string, file: string): string {
  const what = `The configuration${leases ? ' (and leases)' : ''}`;
  const names = [...(scopeIds ?? []), ...(prefixes ?? [])];
  if (names.length === 0) return `${what} from the file ${file} will be imported to server ${server}.`;
  return `${what} for following scopes will be imported from the file ${file} to server ${server}: ${names.join(', ')}.`;
}

function absentScopes({ scopeIds, prefixes }: ImportChoice, { scopes }: FoundInFile, file: string): OperationError[] {
  return [...(scopeIds ?? []), ...(prefixes ?? [])]
    .filter((name) => !scopes.has(name.toLowerCase()))
    .map(
      (name) =>
        new OperationError('ERR_INVALID_ARGUMENT', `Scope ${name} is not in the file ${file}.`, {
          errorId: 'ObjectNotFound',
          errorCategory: 'ObjectNotFound',
          targetName: name,
        }),
    );
}
