import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import { UsageError } from '../usage/usage-error.js';
import { installModules, uninstallModules, userModuleFolder } from './powershell/module-folders.js';
import { modulePackages } from './powershell/module-packages.js';

const USAGE = 'Write cimlet powershell, with --install, --uninstall or --pack FOLDER behind it.';

/** `cimlet powershell`: where the PowerShell module is; installs it for the user, takes it away, or packs it. */
export async function runPowershell(
  given: readonly string[],
  io: CommandIo,
  platform = process.platform,
): Promise<number> {
  const [action, folder, ...more] = given;
  const takesFolder = action === '--pack';
  if (more.length > 0 || (folder !== undefined && !takesFolder)) {
    throw new UsageError(`cimlet powershell does not take ${JSON.stringify(more[0] ?? folder)}.`, USAGE);
  }
  const root = packageFolder(io);
  const modules = join(root, 'powershell', 'Modules');
  const say = async (lines: readonly string[]) => {
    await writeText(io.stdout, lines.map((line) => `${line}\n`).join(''));
    return 0;
  };
  switch (action) {
    case undefined:
      return await say([join(modules, 'Cimlet.DhcpServer', 'Cimlet.DhcpServer.psd1')]);
    case '--install':
      refuseWindows(platform);
      return await say([
        ...installModules(modules, userModuleFolder(io.env), join(root, 'powershell', 'start.cjs')),
        'PowerShell finds the cmdlets by their names now: Get-DhcpServerv4Scope -ComputerName dhcp1.contoso.com',
      ]);
    case '--uninstall':
      refuseWindows(platform);
      return await say(uninstallModules(modules, userModuleFolder(io.env)));
    case '--pack':
      return await say(pack(modules, folder));
    default:
      throw new UsageError(`cimlet powershell does not take ${JSON.stringify(action)}.`, USAGE);
  }
}

function packageFolder({ ownProcess }: CommandIo): string {
  const root = ownProcess === undefined ? '' : dirname(dirname(ownProcess.mainFile));
  if (existsSync(join(root, 'powershell', 'Modules'))) return root;
  throw new UsageError(
    `The PowerShell module is not in the package (${JSON.stringify(root)}).`,
    'Install cimlet from npm again, or run npm run build in a checkout.',
  );
}

function pack(modules: string, folder: string | undefined): string[] {
  if (folder === undefined || folder === '') throw new UsageError('--pack has no folder.', USAGE);
  mkdirSync(folder, { recursive: true });
  return [...modulePackages(modules)].map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

/** There the modules' names are those of Windows' own. */
function refuseWindows(platform: NodeJS.Platform): void {
  if (platform !== 'win32') return;
  throw new UsageError(
    'Windows has a DhcpServer module of its own.',
    'Add-WindowsCapability -Online -Name Rsat.DHCP.Tools~~~~0.0.1.0, or on a server Install-WindowsFeature RSAT-DHCP.',
  );
}
