import { Secret } from '../base/secret.js';
import type { ProfileProxy } from './profile-settings.js';

/** `http://[USER[:PASSWORD]@]HOST:PORT`, the scheme as you like. A text says what to write instead; it repeats nothing of what was given. */
export function parseProxy(text: string): ProfileProxy | string {
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/]*)@)?(\[[0-9A-Fa-f:.]+\]|[^\s:/?#@[\]]+):(\d{1,5})\/?$/i.exec(
    text,
  );
  if (parts === null) return 'Write http://HOST:PORT, or http://USER@HOST:PORT.';
  const [, scheme = 'http', account, host = '', digits = ''] = parts;
  if (scheme.toLowerCase() !== 'http')
    return 'An HTTP proxy is asked for a tunnel over http alone: write http://HOST:PORT.';
  const port = Number(digits);
  if (port < 1 || port > 65_535) return 'Give a port from 1 to 65535.';
  const at = account?.indexOf(':') ?? -1;
  try {
    const userName = account === undefined ? undefined : decodeURIComponent(at < 0 ? account : account.slice(0, at));
    const password =
      account === undefined || at < 0 ? undefined : new Secret(decodeURIComponent(account.slice(at + 1)));
    return {
      host: host.replace(/^\[|\]$/g, ''),
      port,
      ...(userName === undefined ? {} : { credential: { userName, ...(password === undefined ? {} : { password }) } }),
    };
  } catch {
    return 'Write user and password with percent signs as in a URL, %25 for a percent sign itself.';
  }
}
