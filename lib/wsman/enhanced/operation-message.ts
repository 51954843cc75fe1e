import type { Deadline } from '../../base/deadline.js';
import type { TextRequest } from '../../transport/transport.js';
import { SOAP_CONTENT_TYPE } from '../envelope/namespaces.js';

/** The message of the operation to its transport. A class, since it lives as long as the operation: see docs/project/performance.md. */
export class OperationMessage implements TextRequest {
  readonly contentType = SOAP_CONTENT_TYPE;
  /** To a server that knows OperationID the same one must not go twice as a new one (MS-WSMV 3.1.4.1.39). */
  readonly once = true;
  /** What a method streams has no bounds; each of its messages has. */
  readonly series = true;

  constructor(
    readonly body: string,
    readonly repeatable: boolean,
    readonly deadline: Deadline,
  ) {}
}
