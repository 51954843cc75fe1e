import { createLab, type Lab, readLab } from '../../emulator/lab/lab.js';
import type { CommandOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';

/** The lab of --lab, or the built-in one. */
export async function openLab({ lab }: Pick<CommandOptions, 'lab'>): Promise<Lab> {
  if (lab === undefined) return createLab();
  try {
    return await readLab(lab);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `--lab: ${JSON.stringify(lab)} cannot be used. ${reason}`,
      'Give the path of a JSON file that describes a lab.',
    );
  }
}
