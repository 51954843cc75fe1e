import { differingMembers } from '../model/comparable-value.js';
import type { ConfigurationItem, PlainValue } from '../model/configuration-item.js';
import { KINDS, POLICY_CONDITIONS } from '../model/configuration-item.js';
import type { PlanStep, StepValue } from './powershell-line.js';

type Parameters = Readonly<Record<string, StepValue>>;
type Values = ConfigurationItem['values'];
/** A call without its server. */
type Call = Omit<PlanStep, 'server'>;

/** What a scope has that limits no BOOTP clients. */
const NO_LIMIT = 4_294_967_295;

const isEmpty = (value: PlainValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The properties that have a value. */
function given(values: Values, names: readonly string[]): Record<string, StepValue> {
  return Object.fromEntries(
    names.flatMap((name): [string, StepValue][] => {
      const value = values[name];
      return value === undefined || value === null || isEmpty(value) ? [] : [[name, value]];
    }),
  );
}

/** The calls that make an item what it was; `now` is what the server has in its place. */
export function stepsFor(item: ConfigurationItem, now: ConfigurationItem | undefined): readonly Call[] {
  const { kind, scopeId, values } = item;
  const scope: Parameters = { ScopeId: scopeId ?? '' };
  switch (kind) {
    case 'scope':
      return now === undefined ? [addedScope(values)] : changedScope(values, now.values, scope);
    case 'dnsSetting':
      return [{ cmdlet: 'Set-DhcpServerv4DnsSetting', parameters: { ...scope, ...dnsParameters(values) } }];
    case 'policy':
      return now === undefined ? addedPolicy(values, scope) : changedPolicy(values, now.values, scope);
    case 'exclusion':
      return [
        {
          cmdlet: 'Add-DhcpServerv4ExclusionRange',
          parameters: { ...scope, ...given(values, ['StartRange', 'EndRange']) },
        },
      ];
    case 'reservation':
      return [reservation(values, now !== undefined, scope)];
    case 'option':
    case 'reservationOption':
      return [optionValue(values, kind === 'option' ? scope : {})];
    default:
      return [];
  }
}

/** A scope comes back inactive: its partner serves its clients, and two servers without a relationship would give addresses out twice. */
function addedScope(values: Values): Call {
  const names = [
    'Name',
    'Description',
    'StartRange',
    'EndRange',
    'SubnetMask',
    'Type',
    'LeaseDuration',
    'Delay',
    'ActivatePolicies',
  ];
  const limit = values['MaxBootpClients'];
  return {
    cmdlet: 'Add-DhcpServerv4Scope',
    parameters: {
      ...given(values, names),
      ...(typeof limit === 'number' && limit !== NO_LIMIT && { MaxBootpClients: limit }),
      State: 'InActive',
    },
  };
}

/** But for the mask, which no cmdlet changes, and the state, which replication is not known to have changed. */
function changedScope(values: Values, now: Values, scope: Parameters): Call[] {
  const names = differingMembers('scope', KINDS.scope.members, values, now).filter(
    (name) => name !== 'SubnetMask' && name !== 'State',
  );
  if (names.length === 0) return [];
  const range = names.some((name) => name.endsWith('Range')) ? ['StartRange', 'EndRange'] : [];
  const texts = names.includes('Description') ? { Description: String(values['Description'] ?? '') } : {};
  return [
    {
      cmdlet: 'Set-DhcpServerv4Scope',
      parameters: { ...scope, ...given(values, [...new Set([...names, ...range])]), ...texts },
    },
  ];
}

function dnsParameters(values: Values): Parameters {
  const names = KINDS.dnsSetting.members.filter(
    // Windows takes it only together with updates.
    (name) => name !== 'DeleteDnsRROnLeaseExpiry' || values['DynamicUpdates'] !== 'Never',
  );
  return given(values, names);
}

const connective = (values: Values): StepValue => (String(values['Condition']).toLowerCase() === 'and' ? 'And' : 'Or');

function addedPolicy(values: Values, scope: Parameters): Call[] {
  return [
    {
      cmdlet: 'Add-DhcpServerv4Policy',
      parameters: {
        ...given(values, ['Name']),
        ...scope,
        Condition: connective(values),
        ...given(values, ['ProcessingOrder', 'Enabled', 'Description', ...POLICY_CONDITIONS]),
      },
    },
    ...rangeCalls('Add', values, listOf(values['Ranges']), scope),
  ];
}

function changedPolicy(values: Values, now: Values, scope: Parameters): Call[] {
  const names = differingMembers('policy', KINDS.policy.members, values, now);
  const own = names.filter((name) => name !== 'Ranges');
  const conditions = own.filter((name) => POLICY_CONDITIONS.some((one) => one === name));
  const parameters: Record<string, StepValue> = {
    ...given(values, ['Name']),
    ...scope,
    ...given(
      values,
      own.filter((name) => name !== 'Condition'),
    ),
    ...(own.includes('Condition') && { Condition: connective(values) }),
    ...(own.includes('Description') && { Description: String(values['Description'] ?? '') }),
    // An empty condition takes its kind away.
    ...Object.fromEntries(conditions.filter((name) => isEmpty(values[name])).map((name) => [name, ['']] as const)),
  };
  const [wanted, there] = [listOf(values['Ranges']), listOf(now['Ranges'])];
  return [
    ...(own.length === 0 ? [] : [{ cmdlet: 'Set-DhcpServerv4Policy', parameters }]),
    ...rangeCalls(
      'Remove',
      values,
      there.filter((range) => !wanted.includes(range)),
      scope,
    ),
    ...rangeCalls(
      'Add',
      values,
      wanted.filter((range) => !there.includes(range)),
      scope,
    ),
  ];
}

const listOf = (value: PlainValue | undefined): readonly string[] => (Array.isArray(value) ? value : []);

function rangeCalls(verb: 'Add' | 'Remove', values: Values, ranges: readonly string[], scope: Parameters): Call[] {
  return ranges.map((range) => {
    const [StartRange = '', EndRange = ''] = range.split('-');
    return {
      cmdlet: `${verb}-DhcpServerv4PolicyIPRange`,
      parameters: { ...given(values, ['Name']), ...scope, StartRange, EndRange },
    };
  });
}

function reservation(values: Values, isThere: boolean, scope: Parameters): Call {
  const own = given(values, ['IPAddress', 'ClientId', 'Name', 'Type']);
  const Description = String(values['Description'] ?? '');
  return isThere
    ? { cmdlet: 'Set-DhcpServerv4Reservation', parameters: { ...own, Description } }
    : { cmdlet: 'Add-DhcpServerv4Reservation', parameters: { ...scope, ...own, Description } };
}

/** A value of a policy is named by it; a user class stands in a policy of its own. DNS servers need not answer at this moment. */
function optionValue(values: Values, scope: Parameters): Call {
  const of = isEmpty(values['PolicyName']) ? given(values, ['UserClass']) : given(values, ['PolicyName']);
  return {
    cmdlet: 'Set-DhcpServerv4OptionValue',
    parameters: {
      ...scope,
      ...given(values, ['ReservedIP', 'OptionId', 'VendorClass']),
      ...of,
      Value: listOf(values['Value']),
      Force: true,
    },
  };
}
