import type { CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import {
  ALL_PARAMETER_SETS,
  type CmdletDefinition,
  type CmdletMethod,
  type CmdletMethodParameter,
  type CmdletParameter,
  type CmdletParameterSetMembership,
} from './cmdlet-definition.js';

/** `T`, of which the members `K` may be left out. */
type Without<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

export type WrittenMembership = Partial<CmdletParameterSetMembership>;

export type WrittenParameter = Pick<CmdletParameter, 'name' | 'type'> &
  Partial<Omit<CmdletParameter, 'sets'>> & { readonly sets?: readonly WrittenMembership[] };

export type WrittenMethod = Pick<CmdletMethod, 'declaration'> & Partial<CmdletMethod>;

/** A cmdlet as it is written down: without what is a default, and without what follows from the rest. */
export type WrittenCmdlet = Without<
  Omit<CmdletDefinition, 'parameters' | 'methods'>,
  | 'verb'
  | 'noun'
  | 'aliases'
  | 'defaultParameterSet'
  | 'supportsShouldProcess'
  | 'confirmImpact'
  | 'rules'
  | 'outputClasses'
> & { readonly parameters?: readonly WrittenParameter[]; readonly methods: readonly WrittenMethod[] };

const MEMBERSHIP = { set: ALL_PARAMETER_SETS, mandatory: false } satisfies WrittenMembership;

/** What a parameter is where nothing is said of it but its name and type. */
export const PLAIN_PARAMETER = {
  aliases: [],
  isArray: false,
  description: '',
  sets: [MEMBERSHIP],
  valueFromPipelineByPropertyName: false,
  allowNull: false,
  allowEmptyString: false,
  allowEmptyCollection: false,
  ipv4Only: false,
  secret: false,
} satisfies Partial<CmdletParameter>;

/** The one place that knows what is meant where a definition says nothing. */
export function completeDefinition(written: WrittenCmdlet): CmdletDefinition {
  const [verb = '', ...noun] = written.name.split('-');
  const parameters = (written.parameters ?? []).map(completeParameter);
  const methods = written.methods.map((method) => completeMethod(method, parameters));
  const { confirmImpact = 'None' } = written;
  return {
    verb,
    noun: noun.join('-'),
    aliases: [],
    defaultParameterSet: methods[0]?.parameterSet ?? ALL_PARAMETER_SETS,
    supportsShouldProcess: confirmImpact !== 'None',
    confirmImpact,
    rules: [],
    outputClasses: [],
    ...written,
    parameters,
    methods,
  };
}

export function completeMembership(written: WrittenMembership): CmdletParameterSetMembership {
  return { ...MEMBERSHIP, ...written };
}

export function completeParameter(written: WrittenParameter): CmdletParameter {
  const sets = written.sets?.map(completeMembership);
  return { ...PLAIN_PARAMETER, ...written, sets: sets ?? PLAIN_PARAMETER.sets };
}

export function completeMethod(written: WrittenMethod, parameters: readonly CmdletParameter[]): CmdletMethod {
  const { declaration, parameterSet = ALL_PARAMETER_SETS } = written;
  return {
    parameterSet,
    methodName: declaration.name,
    parameters: namesakes(declaration, parameterSet, parameters),
    returnValue: 'errorCode',
    ...written,
  };
}

/** A method is given the parameters of its set that are called as its own are. */
function namesakes(
  { parameters: declared }: CimMethodDeclaration,
  set: string,
  parameters: readonly CmdletParameter[],
): CmdletMethodParameter[] {
  const given = parameters.filter(({ sets }) =>
    sets.some((entry) => entry.set === set || entry.set === ALL_PARAMETER_SETS),
  );
  return declared.flatMap(({ name, type, isArray = false, direction }) =>
    direction !== 'out' && given.some((parameter) => parameter.name === name)
      ? [{ name, cimType: type, isArray, from: name }]
      : [],
  );
}
