import type { HowToStop, Logon, Method, RunEvent } from '../bridge.js';

/** Two channels up, one down. None of the names crosses to the page. */
export const CHANNELS = { run: 'cimlet:run', stop: 'cimlet:stop', event: 'cimlet:event' } as const;

/** What main tells the engine's process. */
export type ToEngine =
  | { readonly kind: 'open'; readonly folder: string }
  | { readonly kind: 'run'; readonly id: string; readonly method: string; readonly params: unknown }
  | { readonly kind: 'stop'; readonly id: string; readonly how: HowToStop }
  | { readonly kind: 'answer'; readonly id: number; readonly value: KeyStoreAnswer };

/** What the engine's process tells main. */
export type FromEngine =
  | { readonly kind: 'event'; readonly id: string; readonly event: RunEvent<Method> }
  | ({ readonly kind: 'ask'; readonly id: number } & KeyStoreQuestion);

export type KeyStoreQuestion =
  | { readonly what: 'canRemember' | 'remembered' | 'load' | 'forget' }
  | {
      readonly what: 'save';
      readonly account: string;
      readonly logon: Logon;
      readonly password: string;
      readonly servers: readonly string[];
    };

export type KeyStoreAnswer =
  | boolean
  | null
  | {
      readonly account: string;
      readonly logon: Logon;
      readonly password?: string;
      readonly servers?: readonly string[];
    };
