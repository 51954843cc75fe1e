import { invalidArgument } from '../../base/errors.js';
import type { WsManOption } from './operation-request.js';

/** An option for the provider (MS-WSMV 2.2.10), as Windows' client types a value. @throws CimletError `ERR_INVALID_ARGUMENT` */
export function customOption(name: string, value: string | number | boolean): WsManOption {
  if (typeof value === 'string') return option(name, value, 'xs:string');
  if (typeof value === 'boolean') return option(name, String(value), 'xs:boolean');
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw invalidArgument(`context.${name}`, value, 'Give a whole number from 0 to 4294967295, a string or a boolean.');
  }
  return option(name, String(value), 'xs:unsignedInt');
}

/** It is not changed any more, so that it stands for its text. */
function option(name: string, value: string, type: string): WsManOption {
  return Object.freeze({ name: `wmi:${name}`, value, type });
}
