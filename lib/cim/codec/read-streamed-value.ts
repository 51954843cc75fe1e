import type { StreamedType } from '../../wsman/contract/streamed-type.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimMethodDeclaration, CimValueDeclaration } from '../value/class-declaration.js';
import type { ReadContext } from './read-context.js';
import { readValue } from './read-value.js';

/** What a StreamingOutput event says. */
export interface StreamedOutput extends StreamedType {
  readonly name: string;
  /** The Value element; absent for null. */
  readonly value: XmlElement | undefined;
}

/**
 * The value of a StreamingOutput event (MS-WSMV 2.2.4.47). The event's type code says the type and whether it is an array; what else is
 * to be known (the class of an embedded instance, octets, an interval) the declared out parameter says, when it has that type.
 * @throws CimletError `ERR_PROTOCOL` when the value is not of its type.
 */
export function readStreamedValue(
  output: StreamedOutput,
  method: CimMethodDeclaration,
  context: ReadContext & { readonly className?: string },
): CimValue {
  const owner = context.className === undefined ? method.name : `${context.className}.${method.name}`;
  const elements = output.value?.children ?? [];
  if (elements.length > 0) return readValue(elements, owner, declarationOf(output, method), context);
  // Some servers put a plain value right into Value.
  const { value } = output;
  if (value !== undefined && value.text.trim() !== '')
    return readValue([value], owner, declarationOf(output, method), context);
  return output.isArray && value !== undefined ? [] : null;
}

function declarationOf({ name, cimType, isArray }: StreamedOutput, method: CimMethodDeclaration): CimValueDeclaration {
  const lower = name.toLowerCase();
  const declared = method.parameters.find(
    (parameter) => parameter.direction !== 'in' && parameter.name.toLowerCase() === lower && parameter.type === cimType,
  );
  const { className, interval, octetString } = declared ?? {};
  return {
    name,
    type: cimType,
    ...(isArray && { isArray: true }),
    ...(className !== undefined && { className }),
    ...(interval !== undefined && { interval }),
    ...(octetString !== undefined && { octetString }),
  };
}
