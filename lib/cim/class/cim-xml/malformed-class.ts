import { CimletError, describeValue } from '../../../base/errors.js';
import { wording } from '../../../base/wording.js';

/** Class metadata that is not what CIM-XML (DSP0201) allows. `place` is the class, or `Class.Member`. */
export function malformedClass(place: string, problem: string, value?: string): CimletError {
  const shown = value === undefined ? '' : `: ${describeValue(value)}`;
  return new CimletError('ERR_PROTOCOL', `${place}: the class metadata of the peer ${problem}${shown}.`, {
    hint: wording`${{ clause: wording`Read the instances without it: ${{ option: 'typeInformation', value: 'wire' }}.` }}`,
  });
}
