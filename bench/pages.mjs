// What enumeration.mjs lets run against each other: an enumeration of instances of 17 properties in pages of 400, by the library and by a bare
// scan of the same bytes: the same requests over the same HTTP, each reply received whole, decoded, and gone over once with charCodeAt.
import { classDeclarations } from 'cimlet';
import { bareClient, scan } from './bare-client.mjs';
import { sessionTo } from './bench-session.mjs';

const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const REQUEST = {
  namespace: 'root/Microsoft/Windows/DHCP',
  className: 'DhcpServerv4Failover',
  classes: [...classDeclarations.values()],
};

export const enumerate = (session) => session.enumerateInstances(REQUEST);

/** Reads an enumeration of `count` instances to its end by the least means. */
export async function bareEnumeration(client, count) {
  let context;
  let tags = 0;
  for (;;) {
    const inner =
      context === undefined
        ? '<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements></n:Enumerate>'
        : `<n:Pull><n:EnumerationContext>${context}</n:EnumerationContext><n:MaxElements>32000</n:MaxElements></n:Pull>`;
    const bytes = await client.post(
      Buffer.from(
        `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:n="${ENUMERATION}"><s:Header><a:MessageID>uuid:1</a:MessageID></s:Header><s:Body>${inner}</s:Body></s:Envelope>`,
      ),
      `/wsman?instances=${count}`,
    );
    tags += scan(bytes);
    context = /<n:EnumerationContext>(\d+)</.exec(bytes.subarray(0, 1500).toString('latin1'))?.[1];
    if (context === undefined) return tags;
  }
}

export const CONTENDERS = {
  'a bare scan': async ({ port, instances }) => {
    const client = bareClient(port);
    return async () => {
      const tags = await bareEnumeration(client, instances);
      if (tags < 17 * instances) throw new Error(`${tags} tags`);
    };
  },
  /** As most who iterate do: what it gave is garbage with the next one, as the text of the bare scan is. */
  'enumerateInstances, none kept': async ({ port, instances }) => {
    const session = await sessionTo(port, `wsman?instances=${instances}`);
    return async () => {
      let scopes = 0;
      for await (const instance of enumerate(session)) scopes += instance.ScopeId.length;
      if (scopes !== 3 * instances) throw new Error(`${scopes} scopes`);
    };
  },
  enumerateInstances: async ({ port, instances }) => {
    const session = await sessionTo(port, `wsman?instances=${instances}`);
    return async () => {
      const kept = [];
      for await (const instance of enumerate(session)) kept.push(instance);
      if (kept.length !== instances || kept[instances - 1].ScopeId.length !== 3)
        throw new Error(`${kept.length} instances`);
    };
  },
};
