import {
  ALL_PARAMETER_SETS,
  type CmdletParameter,
  type CmdletParameterSetMembership,
} from '../../schema/definition/cmdlet-definition.js';

/** What differs from one parameter to the next. */
export interface ParameterTraits {
  readonly isArray?: boolean;
  readonly aliases?: readonly string[];
  /** Bound by property name from a piped object. */
  readonly byName?: boolean;
  /** Takes the piped object itself. */
  readonly byValue?: boolean;
  readonly validateSet?: readonly string[];
  readonly validateRange?: { readonly min: number; readonly max: number };
}

/** A parameter of a CIM cmdlet, in the sets of PowerShell's own. */
export function parameter(
  name: string,
  type: CmdletParameter['type'],
  description: string,
  sets: readonly CmdletParameterSetMembership[],
  traits: ParameterTraits = {},
): CmdletParameter {
  const { isArray = false, aliases = [], byName = false, byValue, validateSet, validateRange } = traits;
  return {
    name,
    aliases,
    type,
    isArray,
    description,
    sets,
    valueFromPipelineByPropertyName: byName,
    ...(byValue === undefined ? {} : { valueFromPipeline: byValue }),
    ...(validateSet === undefined ? {} : { validateSet }),
    ...(validateRange === undefined ? {} : { validateRange }),
    allowNull: false,
    allowEmptyString: false,
    allowEmptyCollection: false,
    ipv4Only: false,
    // Whatever is given for one, `name:password` say, is in no message.
    secret: type === 'Credential',
  };
}

/** Membership in several sets alike. */
export function inSets(
  names: readonly string[],
  entry: Omit<Partial<CmdletParameterSetMembership>, 'set'> = {},
): CmdletParameterSetMembership[] {
  return names.map((set) => ({ mandatory: false, ...entry, set }));
}

/** Membership in every set. */
export function inAll(entry: Omit<Partial<CmdletParameterSetMembership>, 'set'> = {}): CmdletParameterSetMembership[] {
  return inSets([ALL_PARAMETER_SETS], entry);
}

/** `ClassNameSessionSet` and `ClassNameComputerSet`. */
export function bothSets(stem: string): readonly [session: string, computer: string] {
  return [`${stem}SessionSet`, `${stem}ComputerSet`];
}

/** Mandatory in the sets with sessions, as PowerShell has it; names of computers are taken, too. */
export function cimSession(sets: readonly string[]): CmdletParameter {
  return parameter(
    'CimSession',
    'CimSession',
    'Sessions to run on, or names of computers that a session is opened to for the call.',
    inSets(sets, { mandatory: true }),
    { isArray: true, byValue: true },
  );
}

/** `byValueOnly`: sets in which a piped object does not name it by property. */
export function computerName(sets: readonly string[], notByName: readonly string[] = []): CmdletParameter {
  return parameter(
    'ComputerName',
    'String',
    'Computers to run on; a session is opened to each for the call.',
    sets.map((set) => ({
      set,
      mandatory: false,
      ...(notByName.includes(set) ? { valueFromPipelineByPropertyName: false } : {}),
    })),
    { isArray: true, aliases: ['CN', 'ServerName'], byName: true },
  );
}

export function operationTimeout(byName = false): CmdletParameter {
  return parameter(
    'OperationTimeoutSec',
    'UInt32',
    'Seconds that a server may keep the cmdlet waiting. Default, and 0: the limit of the session.',
    inAll(),
    { aliases: ['OT'], byName },
  );
}

export function namespaceParameter(sets: readonly CmdletParameterSetMembership[]): CmdletParameter {
  return parameter('Namespace', 'String', 'CIM namespace. Default root/cimv2.', sets, { byName: true });
}

export function inputObject(description: string, sets: readonly CmdletParameterSetMembership[]): CmdletParameter {
  return parameter('InputObject', 'CimInstance', description, sets, { aliases: ['CimInstance'], byValue: true });
}

export function queryParameters(sets: readonly string[], position?: number): CmdletParameter[] {
  const mandatory = { mandatory: true, ...(position === undefined ? {} : { position }) };
  return [
    parameter('Query', 'String', 'A query, in WQL unless QueryDialect names another.', inSets(sets, mandatory), {
      byName: true,
    }),
    queryDialect(sets),
  ];
}

export function queryDialect(sets: readonly string[]): CmdletParameter {
  return parameter('QueryDialect', 'String', 'Dialect of the query. Default WQL.', inSets(sets), { byName: true });
}

export function resourceUri(sets: readonly CmdletParameterSetMembership[], byName = true): CmdletParameter {
  return parameter('ResourceUri', 'Uri', 'Resource URI in the place of the class’s own.', sets, { byName });
}
