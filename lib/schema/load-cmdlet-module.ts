import type { CmdletModule, CmdletModuleSources } from './read-cmdlet-module.js';

export type { CmdletModule, CmdletModuleSources, SchemaSource } from './read-cmdlet-module.js';

/**
 * Reads cmdlets from CDXML files of your own, and the classes behind them from MOF, so that `invokeCmdlet` runs them. The readers are
 * loaded with the first call.
 * @throws SchemaError (`ERR_INVALID_ARGUMENT`) that names the file, and for MOF the line and column.
 * @example
 * const { cmdlets } = await loadCmdletModule({ cdxml: [readFileSync('PS_Lamp.cdxml', 'utf8')] });
 */
export async function loadCmdletModule(sources: CmdletModuleSources): Promise<CmdletModule> {
  const { readCmdletModule } = await import('./read-cmdlet-module.js');
  return readCmdletModule(sources);
}
