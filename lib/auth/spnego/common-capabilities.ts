import type { SecurityCapabilities, SecurityContext } from '../contract/security-context.js';

/** What can be relied on while any of these contexts may be the one in use. */
export function commonCapabilities(contexts: readonly Pick<SecurityContext, 'capabilities'>[]): SecurityCapabilities {
  const all = contexts.map(({ capabilities }) => capabilities);
  return {
    encrypts: all.length > 0 && all.every(({ encrypts }) => encrypts),
    bindsChannel: all.length > 0 && all.every(({ bindsChannel }) => bindsChannel),
    delegates: all.length > 0 && all.every(({ delegates }) => delegates),
    connectionBound: true,
  };
}
