import { Deadline } from '../../base/deadline.js';
import { invalidArgument } from '../../base/errors.js';
import {
  ANYTHING,
  BOOLEAN,
  checkOptionForms,
  FUNCTION,
  NUMBER,
  OBJECT,
  type OptionForm,
  oneOf,
  SIGNAL,
  TEXT,
} from '../../base/option-forms.js';
import { CimInstance } from '../instance/cim-instance.js';
import type { CimEnhancedOptions } from '../operations/cim-enhanced-options.js';
import type { CimEnumerateClassesRequest, CimGetClassRequest } from '../operations/class-operations.js';
import type {
  CimAssociatedRequest,
  CimEnumerateRequest,
  CimEnumerationOptions,
  CimQueryRequest,
  CimReferencingRequest,
} from '../operations/enumerations.js';
import type {
  CimCreateRequest,
  CimDeleteRequest,
  CimGetRequest,
  CimModifyRequest,
} from '../operations/instance-operations.js';
import type { CimInvocation } from '../operations/method-operations.js';
import type { CimOperationName } from '../operations/operation-channel.js';
import type { CimOperationOptions, CimReadOptions, CimRequestOptions } from '../operations/operation-options.js';
import type { CimSubscribeRequest } from '../operations/subscribe.js';

type NamesOf<T> = T extends unknown ? keyof T & string : never;
type FormsOf<T> = Readonly<Record<NamesOf<T>, OptionForm>>;

const LIST: OptionForm = { accepts: Array.isArray, remedy: 'Give an array.' };
const INSTANCE: OptionForm = {
  accepts: (value) => value instanceof CimInstance,
  remedy: 'Give a CimInstance: one that came from a session, or CimInstance.create(…).',
};
const METHOD: OptionForm = {
  accepts: (value) => typeof value === 'string' || (OBJECT.accepts(value) && 'parameters' in Object(value)),
  remedy: 'Give the name of a method, or its declaration.',
};

const OPERATION: FormsOf<CimOperationOptions> = {
  timeoutMs: NUMBER,
  signal: SIGNAL,
  deadline: { accepts: (value) => value instanceof Deadline, remedy: 'It is for the library itself.' },
  operationTimeoutMs: NUMBER,
};

const REQUEST: FormsOf<CimRequestOptions> = {
  ...OPERATION,
  resourceUri: TEXT,
  operationOptions: LIST,
  customOptions: OBJECT,
};

const READ: FormsOf<CimReadOptions> = { classes: LIST, typeInformation: oneOf('class', 'wire') };

const ENHANCED: FormsOf<CimEnhancedOptions> = {
  onWarning: FUNCTION,
  onVerbose: FUNCTION,
  onDebug: FUNCTION,
  onProgress: FUNCTION,
  onError: FUNCTION,
  answerError: FUNCTION,
  promptUser: FUNCTION,
  promptUserMode: oneOf('report', 'inquire', 'ignore'),
  promptUserAnswer: BOOLEAN,
  writeErrorMode: oneOf('report', 'inquire'),
};

const ENUMERATION: FormsOf<CimEnumerationOptions> = {
  ...REQUEST,
  ...READ,
  ...ENHANCED,
  keysOnly: BOOLEAN,
  maxElements: NUMBER,
};

/** By what is asked of a session. What an operation needs it looks at itself, and has a better word for where it is missing. */
const REQUEST_FORMS = {
  testConnection: { ...OPERATION, anonymous: BOOLEAN } satisfies FormsOf<CimOperationOptions & { anonymous?: boolean }>,
  getInstance: {
    ...REQUEST,
    ...READ,
    ...ENHANCED,
    instance: INSTANCE,
    namespace: TEXT,
    className: TEXT,
    keys: ANYTHING,
  } satisfies FormsOf<CimGetRequest>,
  deleteInstance: {
    ...REQUEST,
    ...ENHANCED,
    instance: INSTANCE,
    namespace: TEXT,
    className: TEXT,
    keys: ANYTHING,
  } satisfies FormsOf<CimDeleteRequest>,
  createInstance: {
    ...REQUEST,
    ...ENHANCED,
    instance: INSTANCE,
    namespace: TEXT,
  } satisfies FormsOf<CimCreateRequest>,
  modifyInstance: {
    ...REQUEST,
    ...READ,
    ...ENHANCED,
    instance: INSTANCE,
    namespace: TEXT,
  } satisfies FormsOf<CimModifyRequest>,
  invokeMethod: {
    ...REQUEST,
    ...ENHANCED,
    instance: INSTANCE,
    namespace: TEXT,
    className: TEXT,
    method: METHOD,
    parameters: OBJECT,
    convertsValues: BOOLEAN,
    outputClasses: LIST,
    onOutput: FUNCTION,
    repeatable: BOOLEAN,
  } satisfies FormsOf<CimInvocation>,
  enumerateInstances: {
    ...ENUMERATION,
    namespace: TEXT,
    className: TEXT,
    polymorphism: ANYTHING,
    selectors: OBJECT,
  } satisfies FormsOf<CimEnumerateRequest>,
  queryInstances: {
    ...ENUMERATION,
    namespace: TEXT,
    query: TEXT,
    queryDialect: TEXT,
  } satisfies FormsOf<CimQueryRequest>,
  enumerateAssociatedInstances: {
    ...ENUMERATION,
    instance: INSTANCE,
    namespace: TEXT,
    associationClassName: TEXT,
    resultClassName: TEXT,
    sourceRole: TEXT,
    resultRole: TEXT,
  } satisfies FormsOf<CimAssociatedRequest>,
  enumerateReferencingInstances: {
    ...ENUMERATION,
    instance: INSTANCE,
    namespace: TEXT,
    associationClassName: TEXT,
    sourceRole: TEXT,
  } satisfies FormsOf<CimReferencingRequest>,
  getClass: {
    ...OPERATION,
    operationOptions: LIST,
    customOptions: OBJECT,
    includeQualifiers: BOOLEAN,
    includeInherited: BOOLEAN,
    namespace: TEXT,
    className: TEXT,
    refresh: BOOLEAN,
  } satisfies FormsOf<CimGetClassRequest>,
  enumerateClasses: {
    ...OPERATION,
    operationOptions: LIST,
    customOptions: OBJECT,
    includeQualifiers: BOOLEAN,
    includeInherited: BOOLEAN,
    namespace: TEXT,
    className: TEXT,
    deep: BOOLEAN,
  } satisfies FormsOf<CimEnumerateClassesRequest>,
  subscribe: {
    ...REQUEST,
    ...READ,
    namespace: TEXT,
    query: TEXT,
    queryDialect: TEXT,
    heartbeatMs: NUMBER,
    expiresMs: NUMBER,
    maxElements: NUMBER,
    onHeartbeat: FUNCTION,
    onDroppedEvents: FUNCTION,
  } satisfies FormsOf<CimSubscribeRequest>,
} satisfies Readonly<Record<CimOperationName, object>>;

/** What cannot be left out, where its absence is not told by what looks at it. */
const NEEDED: Readonly<Partial<Record<CimOperationName, string>>> = {
  createInstance: 'instance',
  modifyInstance: 'instance',
  invokeMethod: 'method',
  enumerateAssociatedInstances: 'instance',
  enumerateReferencingInstances: 'instance',
};

/**
 * Refuses a request with an option of an unknown name (`timeoutMS`) or of a wrong type, before anything of it is looked at.
 * @throws CimletError `ERR_INVALID_ARGUMENT`.
 */
export function checkRequest(operation: CimOperationName, request: object): void {
  if (typeof request !== 'object' || request === null) throw invalidArgument('request', request, 'Give an object.');
  const forms: Readonly<Record<string, OptionForm>> = REQUEST_FORMS[operation];
  checkOptionForms(request, forms, `option of ${operation}`);
  const needed = NEEDED[operation];
  if (needed !== undefined && (request as Readonly<Record<string, unknown>>)[needed] === undefined) {
    throw invalidArgument(needed, undefined, forms[needed]?.remedy ?? '');
  }
}
