// Sees all that a program can see of the library without asking for a secret: diagnostics, inspected and serialised objects, errors.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import type { DiagnosticChannelName } from '../../lib/base/diagnostics.js';

/** Every channel; the compiler finds a missing one. */
const CHANNELS: Readonly<Record<DiagnosticChannelName, true>> = {
  'cimlet:connection:open': true,
  'cimlet:connection:close': true,
  'cimlet:auth:complete': true,
  'cimlet:auth:mechanism': true,
  'cimlet:auth:failed': true,
  'cimlet:request:start': true,
  'cimlet:request:end': true,
  'cimlet:request:error': true,
  'cimlet:request:control': true,
  'cimlet:session:state': true,
  'cimlet:cmdlet:bound': true,
  'cimlet:cmdlet:start': true,
  'cimlet:cmdlet:end': true,
  'cimlet:cmdlet:retry': true,
};

const DEEP = {
  depth: 20,
  showHidden: true,
  maxArrayLength: Number.POSITIVE_INFINITY,
  maxStringLength: Number.POSITIVE_INFINITY,
  breakLength: Number.POSITIVE_INFINITY,
} as const;

export class Witness implements Disposable {
  readonly #accounts: string[] = [];
  readonly #secrets = new Map<string, string>();
  /** Messages by channel. */
  readonly heard = new Map<string, number>();
  readonly #listeners = Object.keys(CHANNELS).map((name) => {
    const listener = (message: unknown) => {
      this.heard.set(name, (this.heard.get(name) ?? 0) + 1);
      this.see(message);
    };
    subscribe(name, listener);
    return { name, listener };
  });

  /** Looks at a value in every way that shows it. */
  see(value: unknown): void {
    this.#accounts.push(inspect(value, DEEP), inspect(value), String(value));
    this.#accounts.push(
      JSON.stringify(value, (_name, one: unknown) => (typeof one === 'bigint' ? `${one}` : one)) ?? '',
    );
    if (!(value instanceof Error)) return;
    this.#accounts.push(value.stack ?? '');
    if (value instanceof AggregateError) for (const one of value.errors) this.see(one);
    if (value.cause !== undefined) this.see(value.cause);
    for (const name of Reflect.ownKeys(value)) {
      if (name !== 'cause' && name !== 'errors') this.see(Reflect.get(value, name));
    }
  }

  /** Takes part in a call: looks at what it gives or throws, and hands over either. */
  async of<T>(call: () => T | PromiseLike<T>): Promise<T | undefined> {
    try {
      const result = await call();
      this.see(result);
      return result;
    } catch (error) {
      this.see(error);
      return undefined;
    }
  }

  /** A text that must be nowhere. */
  keepSecret(name: string, text: string): void {
    for (const [form, encoded] of [
      ['text', text],
      ['JSON', JSON.stringify(text).slice(1, -1)],
      ['XML', text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
      ['URL', encodeURIComponent(text)],
    ] as const) {
      this.#secrets.set(`${name} as ${form}`, encoded);
    }
    this.keepSecretBytes(name, Buffer.from(text));
    this.keepSecretBytes(`${name} in UTF-16`, Buffer.from(text, 'utf16le'));
  }

  /** Bytes that must be nowhere, in any way of writing them. */
  keepSecretBytes(name: string, bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes);
    const hex = buffer.toString('hex');
    this.#secrets.set(`${name} as hex`, hex);
    this.#secrets.set(`${name} as an inspected Buffer`, (hex.match(/../g) ?? []).join(' '));
    this.#secrets.set(`${name} as an array`, [...buffer].join(','));
    // Wherever they begin within a longer base64: what does not depend on the neighbours.
    for (const lead of [0, 1, 2]) {
      const encoded = Buffer.concat([Buffer.alloc(lead), buffer]).toString('base64');
      this.#secrets.set(`${name} as base64 after ${lead}`, encoded.slice(lead === 0 ? 0 : lead + 1, -4));
    }
  }

  /** What of the secrets was seen. */
  get leaks(): string[] {
    const seen = this.#accounts.map((text) => text.toLowerCase());
    const packed = seen.map((text) => text.replace(/,\s+/g, ','));
    return [...this.#secrets]
      .filter(([, secret]) => {
        const wanted = secret.toLowerCase();
        return seen.some((text) => text.includes(wanted)) || packed.some((text) => text.includes(wanted));
      })
      .map(([name]) => name);
  }

  /** How many accounts there are. */
  get size(): number {
    return this.#accounts.length;
  }

  get secrets(): number {
    return this.#secrets.size;
  }

  [Symbol.dispose](): void {
    for (const { name, listener } of this.#listeners) unsubscribe(name, listener);
  }
}
