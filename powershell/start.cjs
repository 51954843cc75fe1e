// What the module starts. It keeps to syntax that every Node.js reads, so that one that is too old can be told from one that is broken.
'use strict';

function isTooOld(parts) {
  return Number(parts[0]) < 20 || (Number(parts[0]) === 20 && Number(parts[1]) < 19);
}

function exit() {
  process.exit(90);
}

if (isTooOld(process.versions.node.split('.'))) {
  process.stderr.write(['Node.js', process.versions.node, 'is too old: 20.19 or later is needed.\n'].join(' '), exit);
} else {
  require('../dist/cimlet.js');
}
