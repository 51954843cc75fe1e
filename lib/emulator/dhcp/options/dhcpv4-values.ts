import { dhcpv4Options } from './option-family.js';
import { selectorsOf, valueLevel } from './value-level.js';
import { type ValueFamily, valueMethods } from './values.js';

const family: ValueFamily = {
  ...dhcpv4Options,
  dnsOptionId: 6,
  common: new Map([
    ['DnsServer', 6],
    ['DnsDomain', 15],
    ['Router', 3],
    ['WinsServer', 44],
    ['Wpad', 252],
  ]),
  isBadCombination: (call) => {
    const { userClass, policyName } = selectorsOf(call);
    const [scopeId = '', reservedIp = ''] = [call.parameters.text('ScopeId'), call.parameters.text('ReservedIP')];
    if (policyName !== '' && (userClass !== '' || reservedIp !== '')) return true;
    return scopeId !== '' && reservedIp !== '';
  },
  level: (call, message) => valueLevel(call, message),
};

/** PS_DhcpServerv4OptionValue. */
export const dhcpv4ValueMethods = valueMethods(family);
