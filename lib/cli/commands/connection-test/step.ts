import type { ProxyOptions } from '../../../transport/socket/proxy-tunnel.js';

/** One step of `cimlet test`, told as it ends. */
export interface TestStep {
  readonly step: 'name' | 'tcp' | 'tls' | 'offer' | 'clock' | 'logon' | 'identify' | 'dhcp' | 'partner' | 'failover';
  /** False ends the test. */
  readonly ok: boolean;
  /** It told nothing, and the steps after it have to. */
  readonly warning?: true;
  readonly text: string;
  /** What to do, when it failed or when there is something to know. */
  readonly hint?: string;
}

/** What is tested. */
export interface TestTarget {
  /** The name that the server is called by. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Where connections really go; differs from host and port with --connect-to. */
  readonly address: { readonly host: string; readonly port: number };
  /** The way there. */
  readonly proxy?: ProxyOptions;
  /** Kerberos takes this name in place of the host's. */
  readonly spnHost?: string;
  /** PEM of the authority to trust; absent: the well-known ones. */
  readonly ca?: string;
  /** SHA-256 of the certificate that alone is accepted, as the user wrote it. */
  readonly pin?: string;
  readonly skipCaCheck: boolean;
  readonly skipCnCheck: boolean;
}

export const passed = (step: TestStep['step'], text: string, hint?: string): TestStep => ({
  step,
  ok: true,
  text,
  ...(hint === undefined ? {} : { hint }),
});

export const unsettled = (step: TestStep['step'], text: string, hint: string): TestStep => ({
  step,
  ok: true,
  warning: true,
  text,
  hint,
});

export const failed = (step: TestStep['step'], text: string, hint: string): TestStep => ({
  step,
  ok: false,
  text,
  hint,
});
