import { RequestFault } from './request-fault.js';

/** The body is not what the action says. */
export function invalidBody(name: string): RequestFault {
  return new RequestFault({
    soapCode: 'Sender',
    soapSubcode: 'wsman:SchemaValidationError',
    reason: `The service cannot process the request: ${name} is missing or not valid in its body.`,
    // ERROR_WSMAN_SCHEMA_VALIDATION_ERROR
    wsmanCode: 0x80338041,
  });
}
