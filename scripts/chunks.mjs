// Which modules of lib/ stand together in a file of dist/chunks. What is used together is loaded in as few files as may be, and what an application
// may do without is in another. Of modules that no line names, rollup makes a chunk for each set of entries that need them.

/** The first line that fits counts. */
const CHUNKS = [
  [/^dhcp-server\/(generated\/cmdlets\/|(ex|im)port\/(ex|im)port-dhcp-server$)/, 'dhcp-cmdlets'],
  [/^dhcp-server\/(generated\/)?index$/, 'dhcp-tables'],
  [/^cim-cmdlets\/(index|cim-functions|load)$/, 'cim-cmdlets'],
  [/^cmdlet\/cmdlet-function$/, 'cmdlet-function'],
  [/^client\/profile|^client\/(connect-to-rules|proxy-address|settled-profile)$/, 'profiles'],
  [/^client\//, 'client'],
  [/^soap\/soap-/, 'soap'],
  [/^pairs\//, 'pairs'],
  [/^fleet\/(?!index$)|^cmdlet\/repeat\/repetition-question$/, 'fleet'],
  [/^schema\/load-cmdlet-module$/, 'cmdlet-module'],
  [/^cim\/(value|instance)\//, 'values'],
  [/^cim\/error\/(?!dhcp-codes)/, 'failures'],
  [
    /^(cmdlet\/(contract|result)|schema\/definition|wsman\/contract)\/([\w-]+-error|error-record|cimlet-failure)$/,
    'failures',
  ],
];

export const chunkOf = (module) => CHUNKS.find(([modules]) => modules.test(module))?.[1];
