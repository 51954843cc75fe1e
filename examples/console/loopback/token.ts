import { randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

/**
 * Lets one page in. The token of the link is good once: it is exchanged for a bearer, which the page keeps as long as its tab. There is no cookie, so
 * that nothing goes along by itself with what another page sends.
 */
export class PageToken {
  #link: string | undefined = newToken();
  #bearer: string | undefined;

  /** For the fragment of the link, which no browser sends and no log has. */
  get link(): string {
    if (this.#link === undefined) throw new Error('The link was used.');
    return this.#link;
  }

  /** Undefined for a token that is wrong, or was used. */
  exchange(token: string): string | undefined {
    if (this.#link === undefined || !isSame(this.#link, token)) return undefined;
    this.#link = undefined;
    this.#bearer = newToken();
    return this.#bearer;
  }

  admits(authorization: string | undefined): boolean {
    const [, bearer = ''] = /^Bearer ([\w-]{1,100})$/.exec(authorization ?? '') ?? [];
    return this.#bearer !== undefined && isSame(this.#bearer, bearer);
  }
}

const newToken = (): string => randomBytes(BYTES).toString('base64url');

/** In constant time, whatever the lengths: both are of a fixed one first. */
function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.alloc(64), Buffer.alloc(64)];
  a.write(expected);
  b.write(given);
  return timingSafeEqual(a, b) && expected.length === given.length;
}
