// Which modules of lib/ stand together in a file of dist/chunks. What is used together is loaded in as few files as may be, and what a program may do
// without is in another. Of modules that nothing here names, rollup makes a chunk for each set of entries that need them.

/** By the place of a module; the first line that fits counts. */
const CHUNKS = [
  [/^base\/collections\/lazy-/, 'lazy'],
  [/^base\/(errors|secret|wording|text\/.*)$/, 'errors'],
  [/^base\//, 'base'],
  [/^dhcp-server\/(generated\/cmdlets\/|(ex|im)port\/(ex|im)port-dhcp-server$)/, 'dhcp-cmdlets'],
  [/^dhcp-server\/generated\/tables$|^dhcp-server\/script-tables$/, 'dhcp-tables'],
  [/^dhcp-server\/(generated\/)?index$/, 'dhcp-server-names'],
  [/^cim-cmdlets\/(index|cim-functions|load)$/, 'cim-cmdlets'],
  [/^cmdlet\/cmdlet-function$/, 'cmdlet-function'],
  [/^client\/profile|^client\/(connect-to-rules|proxy-address|settled-profile)$/, 'profiles'],
  [/^client\/create-client$/, 'client'],
  [/^soap\/soap-/, 'soap'],
  [/^pairs\//, 'pairs'],
  [/^fleet\/(?!index$)|^cmdlet\/repeat\/repetition-question$/, 'fleet'],
  [/^schema\/load-cmdlet-module$/, 'cmdlet-module'],
  [/^cim\/(value|instance)\//, 'values'],
  [/^cim\/error\/(?!dhcp-codes)/, 'failures'],
  [/^cli\/(terminal\/(report-error|powershell-words)|views\/error)$/, 'error-report'],
  [
    /^(cmdlet\/(contract|result)|schema\/definition|wsman\/contract)\/([\w-]+-error|error-record|cimlet-failure)$/,
    'failures',
  ],
];

/** By the time at which a module is loaded: what one of these imports and none before it; the index holds names only, and so has no chunk. */
const TOGETHER = [
  ['index'],
  ['cmdlet/run/invocation', 'engine', /^(cmdlet|schema)\//],
  ['cim/session/session-operations', 'session', /^(cim|wsman|transport|xml|auth|crypto)\//],
  ['cli/main', 'command', /^cli\//],
];

/**
 * @param folder what holds the compiled modules
 * @returns rollup's `manualChunks`
 */
export function chunksOf(folder) {
  const moduleOf = (id) => id.slice(folder.length + 1).replace(/\.js$/, '');
  let byTime;
  const timed = (getModuleInfo) => {
    const found = new Map();
    const seen = new Set();
    const visit = (id, chunk, floors) => {
      if (seen.has(id) || !id.startsWith(folder)) return;
      seen.add(id);
      if (floors?.test(moduleOf(id))) found.set(id, chunk);
      for (const imported of getModuleInfo(id).importedIds) visit(imported, chunk, floors);
    };
    for (const [module, chunk, floors] of TOGETHER) visit(`${folder}/${module}.js`, chunk, floors);
    return found;
  };
  return (id, { getModuleInfo }) => {
    byTime ??= timed(getModuleInfo);
    return CHUNKS.find(([modules]) => modules.test(moduleOf(id)))?.[1] ?? byTime.get(id);
  };
}
