// `npx electron examples/console` begins here, with what `node examples/console/build/main.mjs` has built.
require('./dist/main.cjs');
