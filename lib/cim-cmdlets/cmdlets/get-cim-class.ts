import type { CimClass } from '../../cim/class/cim-class.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { hasWildcard, wildcard } from '../../cmdlet/convert/wildcard.js';
import { checkName, namespaceOf, textOf } from '../call/call-values.js';
import { sessionOperation } from '../call/session-operation.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import {
  cimSession,
  computerName,
  inAll,
  namespaceParameter,
  operationTimeout,
  parameter,
} from '../definition/parameters.js';
import { refusedParameter, refuseGiven } from '../definition/refused-parameters.js';
import type { CimCmdletParameters } from '../definition/target-parameters.js';

const REFUSED = {
  Amended: {
    reason: 'How Windows’ client asks for the localized qualifiers over WS-Management is in no public specification.',
    remedy:
      'Leave it out: qualifiers come as the class itself has them. Get-CimClass -Amended on a Windows computer gives the others.',
  },
};

export const getCimClassDefinition = defineCimCmdlet({
  verb: 'Get',
  noun: 'CimClass',
  aliases: ['gcls'],
  command: 'GetCimClass',
  synopsis: 'Gets classes: their properties, methods and qualifiers.',
  defaultParameterSet: 'ComputerSet',
  outputType: 'CimClass',
  parameters: [
    parameter('ClassName', 'String', 'Name, or a pattern with * and ?. Default all.', inAll({ position: 0 }), {
      byName: true,
    }),
    namespaceParameter(inAll({ position: 1 })),
    parameter('MethodName', 'String', 'Only classes with such a method; * and ? are taken.', inAll(), { byName: true }),
    parameter('PropertyName', 'String', 'Only classes with such a property; * and ? are taken.', inAll(), {
      byName: true,
    }),
    parameter('QualifierName', 'String', 'Only classes with such a qualifier; * and ? are taken.', inAll(), {
      byName: true,
    }),
    refusedParameter('Amended', REFUSED.Amended, inAll(), { type: 'SwitchParameter' }),
    cimSession(['SessionSet']),
    computerName(['ComputerSet']),
    operationTimeout(true),
  ],
  operations: { SessionSet: classes, ComputerSet: classes },
});

function classes(call: CallParameters): CmdletOperation {
  refuseGiven(call, REFUSED);
  const namespace = namespaceOf(call);
  const written = textOf(call, 'ClassName') ?? '*';
  const className = hasWildcard(written) ? undefined : checkName('ClassName', written);
  const isWanted = filterOf(call);
  return sessionOperation(call, {
    description: `classes ${namespace}:${written}`,
    told:
      className === undefined
        ? { name: 'Enumerate CimClasses', parameters: { namespaceName: namespace, baseClassName: '' } }
        : { name: 'Get CimClass', parameters: { namespaceName: namespace, className } },
    shouldProcess: 'each',
    errorTarget: { name: `${namespace}:${written}`, type: 'String' },
    async run({ session, limit, context }) {
      const take = (cimClass: CimClass) => (isWanted(cimClass) ? context.emit([cimClass]) : undefined);
      if (className === undefined) {
        return context.each(() => session.enumerateClasses({ ...limit, namespace }), take);
      }
      await take(await context.once(() => session.getClass({ ...limit, namespace, className })));
    },
  });
}

function filterOf(call: CallParameters): (cimClass: CimClass) => boolean {
  const patternOf = (name: string) => {
    const text = textOf(call, name);
    return text === undefined ? undefined : wildcard(text);
  };
  const isAmong = (pattern: RegExp | undefined, named: Iterable<{ readonly name: string }>) =>
    pattern === undefined || [...named].some(({ name }) => pattern.test(name));
  const className = patternOf('ClassName');
  const method = patternOf('MethodName');
  const property = patternOf('PropertyName');
  const qualifier = patternOf('QualifierName');
  return (cimClass) =>
    isAmong(className, [{ name: cimClass.className }]) &&
    isAmong(method, cimClass.methods) &&
    isAmong(property, cimClass.properties) &&
    isAmong(qualifier, cimClass.cimClassQualifiers);
}

export type GetCimClassParameters = CimCmdletParameters & {
  /** A name, or a pattern with `*` and `?`. Default all. */
  readonly ClassName?: string | undefined;
  readonly Namespace?: string | undefined;
  /** Only classes with such a method, property, qualifier: a name or a pattern. */
  readonly MethodName?: string | undefined;
  readonly PropertyName?: string | undefined;
  readonly QualifierName?: string | undefined;
};

/** What may be piped to Get-CimClass. */
export type GetCimClassInput =
  | CmdletSession
  | NamedInput<
      | 'ClassName'
      | 'Namespace'
      | 'MethodName'
      | 'PropertyName'
      | 'QualifierName'
      | 'ComputerName'
      | 'OperationTimeoutSec'
    >;
