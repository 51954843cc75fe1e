/**
 * Reads CSV piece by piece (RFC 4180): values in quotes may hold delimiters and line breaks, and a quotation mark in them is written twice. Empty lines
 * are none.
 */
export class CsvRows {
  readonly #delimiter: string;
  readonly #trims: boolean;
  #rows: string[][] = [];
  #row: string[] = [];
  #cell = '';
  #quoted = false;
  /** A quotation mark within quotes: the end of the value, unless another one follows. */
  #mark = false;

  /** `trims`: blanks before a value do not belong to it. */
  constructor(delimiter: string, trims = false) {
    this.#delimiter = delimiter;
    this.#trims = trims;
  }

  /** The rows that are whole now. */
  push(text: string): string[][] {
    for (const c of text) this.#take(c);
    return this.#taken();
  }

  /** What is left at the end of the text. */
  end(): string[][] {
    this.#endRow();
    return this.#taken();
  }

  #taken(): string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #take(c: string): void {
    if (this.#mark) {
      this.#mark = false;
      if (c === '"') {
        this.#cell += c;
        return;
      }
      this.#quoted = false;
    }
    if (c === '"' && this.#quoted) this.#mark = true;
    else if (c === '"' && this.#cell === '') this.#quoted = true;
    else if (this.#quoted) this.#cell += c;
    else if (c === this.#delimiter) this.#endCell();
    else if (c === '\n') this.#endRow();
    else if (c !== '\r' && !(this.#trims && this.#cell === '' && (c === ' ' || c === '\t'))) this.#cell += c;
  }

  #endCell(): void {
    this.#row.push(this.#cell);
    this.#cell = '';
  }

  #endRow(): void {
    this.#endCell();
    const row = this.#row;
    if (row.length > 1 || row[0] !== '') this.#rows.push(row);
    this.#row = [];
    this.#quoted = false;
    this.#mark = false;
  }
}
