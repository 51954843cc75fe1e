/** The words that every part of the contract uses. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** `after-these` begins nothing new; `now` aborts what is under way, which is then not known. */
export type HowToStop = 'after-these' | 'now';
export type Stop = (how: HowToStop) => void;

export interface Progress {
  readonly done: number;
  readonly failed: number;
  readonly atWork: number;
  readonly total: number;
}
export type EndHow = 'done' | 'stopped' | 'failed';

export interface Problem {
  /** `DHCP 20122`, `WIN32 5`, a CimletErrorCode, or one of the engine's: {@link EngineCode}. */
  readonly code: string;
  readonly where: string | null;
  /** A sentence. */
  readonly what: string;
  /** What to do about it, a sentence. */
  readonly remedy: string | null;
  readonly changed: 'nothing' | 'something' | 'not known';
  readonly again: boolean;
  /** PowerShell's layout, for "Copy details". */
  readonly record: string | null;
}
/**
 * `REFUSED`: the params are not of the method's form. `NOT_SIGNED_IN`: sign in and say it again. `CHANGED`: plan again, nothing was sent. `NO_PLAN`:
 * the plan has ended. `TYPED`: what was typed is not what the plan wants. `ENGINE_ENDED`: the engine is gone; what was under way is not known.
 */
export type EngineCode = 'REFUSED' | 'NOT_SIGNED_IN' | 'NOT_FOUND' | 'CHANGED' | 'NO_PLAN' | 'TYPED' | 'ENGINE_ENDED';

export type Logon = 'CredSsp' | 'Kerberos' | 'Negotiate';
/** `password`: user and password. `ticket`: the Kerberos ticket of this computer. `remembered`: from the key store. `lab`: look around in a lab. */
export type SignInHow = 'password' | 'ticket' | 'remembered' | 'lab';
