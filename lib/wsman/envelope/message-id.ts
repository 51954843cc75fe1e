import { randomUUID } from 'node:crypto';

/** A fresh identifier as Windows writes it for MessageID, SessionId and OperationID: `uuid:` and upper-case hexadecimal. */
export function newMessageId(): string {
  return `uuid:${randomUUID().toUpperCase()}`;
}

/** The same identifier, whatever its case and whether `uuid:`, `urn:uuid:` or nothing precedes it. */
export function sameMessageId(one: string, other: string): boolean {
  return one === other || bare(one) === bare(other);
}

function bare(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^(?:urn:)?uuid:/, '');
}
