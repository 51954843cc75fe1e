import { existsSync } from 'node:fs';
import { branchOfficeDescription } from '../../emulator/lab/branch-office.js';
import { driftDescription } from '../../emulator/lab/drift.js';
import { createLab, type Lab, readLab } from '../../emulator/lab/lab.js';
import type { LabDescription } from '../../emulator/lab/lab-description.js';
import type { LabSeed } from '../usage/lab-seeds.js';
import type { CommandOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';

/** The lab as it was kept in --state, of --lab or --seed, or the built-in one. */
export async function openLab({ lab, seed, state }: Pick<CommandOptions, 'lab' | 'seed' | 'state'>): Promise<Lab> {
  if (state !== undefined && existsSync(state)) return await labOf('--state', state);
  if (lab !== undefined) return await labOf('--lab', lab);
  return seed === undefined ? createLab() : createLab(SEEDED[seed]());
}

const SEEDED: Readonly<Record<LabSeed, () => LabDescription>> = {
  'branch-office': branchOfficeDescription,
  drift: driftDescription,
};

async function labOf(option: string, path: string): Promise<Lab> {
  try {
    return await readLab(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `${option}: ${JSON.stringify(path)} cannot be used. ${reason}`,
      'Give the path of a JSON file that describes a lab.',
    );
  }
}
