import { CimletError, describeValue, invalidArgument } from '../../base/errors.js';
import { checkOptionForms, OBJECT, TEXT } from '../../base/option-forms.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { FleetTarget } from '../contract/fleet-plan.js';
import { queuedParameters, refuseUnbindable } from './call-parameters.js';
import { computerKey } from './computer-key.js';
import { plainValue } from './plain-value.js';
import { rowError } from './row-error.js';
import { secretNameOf } from './secret-parameters.js';
import { encodeTarget, LONGEST_TARGET, type StoredTarget } from './stored-plan.js';

/** So many go to Redis at a time. */
const BATCH = 5_000;
/** Of one run. */
const MOST_TARGETS = 1_000_000;
const SITE = /^[a-z0-9][a-z0-9._-]{0,62}$/i;

/** What is to be known of targets that are read. */
export interface TargetReading {
  /** Undefined: the targets are for later, and not bound yet. */
  readonly cmdlet: Cmdlet | undefined;
  /** Of the plan, as queued. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * The targets as they are stored, in batches, each checked and bound with its parameters.
 * @throws ParameterBindingError and CimletError `ERR_CONFIRMATION_REQUIRED`, `ERR_INVALID_ARGUMENT`, with the number of the target.
 */
export async function* readTargets(
  targets: Iterable<unknown> | AsyncIterable<unknown>,
  { cmdlet, parameters }: TargetReading,
): AsyncGenerator<readonly StoredTarget[]> {
  const numbers = new Map<string, number>();
  let batch: StoredTarget[] = [];
  let number = 0;
  let isSharedBound = false;
  for await (const given of targets) {
    number += 1;
    if (number > MOST_TARGETS) throw tooMany();
    const target = readTarget(given, number);
    if (cmdlet !== undefined && target.parameters === undefined && !isSharedBound) {
      refuseUnbindable(cmdlet, parameters);
      isSharedBound = true;
    }
    const stored = cmdlet === undefined ? listed(target, number) : bound(cmdlet, parameters, target, number);
    refuseAgain(numbers, stored, number);
    if (encodeTarget(stored).length > LONGEST_TARGET) {
      throw invalidArgument(`targets[${number - 1}]`, stored.computer, 'Its parameters are too long.');
    }
    batch.push(stored);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function readTarget(given: unknown, number: number): StoredTarget {
  const where = `targets[${number - 1}]`;
  if (typeof given === 'string') return { computer: checkedComputer(where, given) };
  if (typeof given !== 'object' || given === null) {
    throw invalidArgument(where, given, "Give a computer's name, or { computer, site, parameters }.");
  }
  checkOptionForms(given, { computer: TEXT, site: TEXT, parameters: OBJECT }, 'member of a target', `${where}.`);
  const { computer, site, parameters } = given as Partial<FleetTarget>;
  if (site !== undefined && !SITE.test(site)) {
    throw invalidArgument(
      `${where}.site`,
      site,
      'Give the name of a site: letters, digits, dots, hyphens and underscores.',
    );
  }
  return {
    computer: checkedComputer(`${where}.computer`, computer),
    ...(site !== undefined && { site }),
    ...(parameters !== undefined && Object.keys(parameters).length > 0 && { parameters }),
  };
}

/** No scheme, path or blank: it becomes the host of an address. */
function checkedComputer(where: string, computer: unknown): string {
  const name = typeof computer === 'string' ? computer.trim() : '';
  if (/^[^\s/\\@?#{}"'<>|]{1,255}$/.test(name)) return name;
  throw invalidArgument(where, computer, 'Give the name or the address of a computer.');
}

/** For a cmdlet that is not known yet: a secret by its name is refused now, and one by the schema when the run starts. */
function listed(target: StoredTarget, number: number): StoredTarget {
  if (target.parameters === undefined) return target;
  const entries = Object.entries(target.parameters);
  const named = entries.filter(([, value]) => secretNameOf(value) !== undefined);
  const others = Object.fromEntries(entries.filter(([, value]) => secretNameOf(value) === undefined));
  const plain = plainValue(`targets[${number - 1}].parameters`, others) as Readonly<Record<string, unknown>>;
  return { ...target, parameters: { ...plain, ...Object.fromEntries(named) } };
}

function bound(
  cmdlet: Cmdlet,
  shared: Readonly<Record<string, unknown>>,
  target: StoredTarget,
  number: number,
): StoredTarget {
  if (target.parameters === undefined) return target;
  try {
    const parameters = queuedParameters(cmdlet, target.parameters);
    refuseUnbindable(cmdlet, { ...shared, ...parameters });
    return { ...target, parameters };
  } catch (error) {
    throw rowError(cmdlet, number, target.computer, error);
  }
}

/** A computer may come again with other parameters: ten scopes of one server are ten targets. */
function refuseAgain(numbers: Map<string, number>, { computer, parameters }: StoredTarget, number: number): void {
  const key =
    parameters === undefined ? computerKey(computer) : `${computerKey(computer)} ${JSON.stringify(parameters)}`;
  const before = numbers.get(key);
  if (before !== undefined) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `targets: number ${number}, ${describeValue(computer)}, is number ${before} again.`,
      {
        hint: 'List each computer once, or with parameters that differ. Case and a dot at the end make no other name.',
      },
    );
  }
  numbers.set(key, number);
}

function tooMany(): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', `targets: there are more than ${MOST_TARGETS.toLocaleString('en')}.`, {
    hint: 'Make several runs of them, or a fleet for each region.',
  });
}
