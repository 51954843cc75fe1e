// In the place of the module's process: breaks the protocol in one way. node broken-process.cjs WAY
'use strict';
const { createInterface } = require('node:readline');

const [way] = process.argv.slice(2);
const say = (...lines) => process.stdout.write(lines.map((line) => `${line}\n`).join(''));
const greet = (protocol) =>
  say(`0 h ${JSON.stringify({ protocol, version: '0', node: '20', pid: String(process.pid), lineBytes: '16777216' })}`);
const HEADER = '["root/Microsoft/Windows/DHCP","DhcpServerVersion","MajorVersion","uint32","MinorVersion","uint32"]';
const answer = (id) =>
  say(`${id} c ${HEADER}`, `${id} o [["10","0","there",null]]`, `${id} x {"declined":"0","failed":"0"}`);

const WAYS = {
  noise() {
    say(
      'warning: something printed this',
      '',
      '0',
      '0 h {broken',
      '0 e',
      'a.1 o [["1"]]',
      '\u0000\u0001\u2028',
      'x'.repeat(1_000_000),
    );
    process.stdout.write(Buffer.from([0xff, 0xfe, 0x80, 0x0a]));
    greet('1');
    return answer;
  },
  'broken row'() {
    greet('1');
    return (id) => say(`${id} c ${HEADER}`, `${id} o [["10",`, `${id} x {"declined":"0","failed":"0"}`);
  },
  'broken value'() {
    greet('1');
    return (id) =>
      say(`${id} c ${HEADER}`, `${id} o [["ten","0","there",null]]`, `${id} x {"declined":"0","failed":"0"}`);
  },
  'row without a class'() {
    greet('1');
    return (id) => say(`${id} o [["10","0","there",null]]`, `${id} x {"declined":"0","failed":"0"}`);
  },
  'short line'() {
    greet('1');
    return (id) => say(`${id} `, `${id} x {"declined":"0","failed":"0"}`);
  },
  // Of a later version: it is skipped.
  'unknown kind'() {
    greet('1');
    return (id) => {
      say(`${id} Z {}`);
      answer(id);
    };
  },
  'other protocol'() {
    greet('2');
    return answer;
  },
  'dies at start'() {
    process.stderr.write('it could not load\n', () => process.exit(3));
    return () => {};
  },
  'dies in a call'() {
    greet('1');
    return () => process.stderr.write('out of memory\n', () => process.exit(134));
  },
  // Nothing of a name may run.
  'quoted names'() {
    greet('1');
    const names = [
      'a\u0027b\u2018c\u2019d\u201ae\u201bf',
      '\u0022g\u201ch\u201di\u201ej',
      "'; throw 'ran'; '",
      '$(throw 1) `n {0}',
      '\u2019); [Environment]::Exit(9); (\u2019',
    ];
    const header = JSON.stringify([
      'root/\u0027x\u2019',
      `Class '\u2019"$(throw 1)`,
      ...names.flatMap((name) => [name, 'string']),
    ]);
    return (id) =>
      say(
        `${id} c ${header}`,
        `${id} o ${JSON.stringify([[...names, "a'\u2019", null]])}`,
        `${id} x {"declined":"0","failed":"0"}`,
      );
  },
};

const reply = WAYS[way]();
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, cmdlet } = JSON.parse(line);
    if (cmdlet !== undefined) reply(id);
  })
  .on('close', () => process.exit(0));
