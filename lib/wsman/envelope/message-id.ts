import { randomUUID } from 'node:crypto';

/** A fresh identifier as Windows writes it for MessageID, SessionId and OperationID: `uuid:` and upper-case hexadecimal. */
export function newMessageId(): string {
  return `uuid:${randomUUID().toUpperCase()}`;
}

/**
 * The same identifier, whatever its case and however often `uuid:` or `urn:uuid:` precedes it: Windows puts `uuid:` before an OperationID that
 * begins with it already (MS-WSMV <38>).
 */
export function sameMessageId(one: string, other: string): boolean {
  return one === other || bareMessageId(one) === bareMessageId(other);
}

/** The identifier alone, in lower case: what two spellings of one have in common. */
export function bareMessageId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^(?:(?:urn:)?uuid:)+/, '');
}
