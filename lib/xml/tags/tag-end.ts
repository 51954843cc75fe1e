import { APOSTROPHE, GREATER, QUOTATION } from '../text/code-units.js';

/** Looks for the end of a tag that comes in pieces, so that nothing of it needs to be read before it is there. */
export class TagEnd {
  /** A `>` within quotation marks ends nothing. */
  #openQuote = 0;

  /** Starts anew with what there is of a tag. */
  begin(tag: string): void {
    this.#openQuote = 0;
    this.isIn(tag);
  }

  isIn(piece: string): boolean {
    let quote = this.#openQuote;
    for (let at = 0; at < piece.length; at++) {
      const unit = piece.charCodeAt(at);
      if (quote !== 0) {
        if (unit === quote) quote = 0;
      } else if (unit === GREATER) return true;
      else if (unit === QUOTATION || unit === APOSTROPHE) quote = unit;
    }
    this.#openQuote = quote;
    return false;
  }
}
