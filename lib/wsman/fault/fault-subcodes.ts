import type { FaultAdvice } from './fault-advice.js';

/** Subcodes of the fault tables of DSP0226 14, WS-Addressing, WS-Transfer and WS-Enumeration, by local name. */
const SUBCODES: Readonly<Record<string, FaultAdvice>> = {
  AccessDenied: { gist: 'access is denied', hint: 'Use an account with enough rights on the server.' },
  ActionNotSupported: { gist: 'the resource does not support this operation' },
  AlreadyExists: { gist: 'the resource exists already' },
  CannotProcessFilter: { gist: 'the query is not valid' },
  Concurrency: { gist: 'another operation holds the resource', retryable: true },
  DestinationUnreachable: {
    gist: 'the resource does not exist',
    hint: 'Check the class name, the CIM namespace and the keys.',
  },
  EncodingLimit: { gist: 'the message exceeds a limit of the server' },
  EndpointUnavailable: { gist: 'the resource is unavailable now', retryable: true },
  FilterDialectRequestedUnavailable: { gist: 'the server does not know the query language' },
  InternalError: { gist: 'the server failed' },
  InvalidEnumerationContext: { gist: 'the server does not know the enumeration any more' },
  InvalidMessageInformationHeader: { gist: 'an addressing header is not valid' },
  InvalidOptions: { gist: 'an option is not valid for this operation' },
  InvalidParameter: { gist: 'a parameter is not valid for this operation' },
  InvalidRepresentation: { gist: 'the body of the request is not an instance of the class' },
  InvalidSelectors: { gist: 'the selectors do not name an instance of the class' },
  MessageInformationHeaderRequired: { gist: 'an addressing header is missing' },
  QuotaLimit: { gist: 'the server is busy with other requests', retryable: true },
  SchemaValidationError: { gist: 'the body of the request does not have the form that the operation expects' },
  TimedOut: { gist: 'the operation did not finish within OperationTimeout', retryable: true },
  UnsupportedFeature: { gist: 'the server does not support something that the request asks for' },
};

export function describeSubcode(localName: string): FaultAdvice | undefined {
  return Object.hasOwn(SUBCODES, localName) ? SUBCODES[localName] : undefined;
}
