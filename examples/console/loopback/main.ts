import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { profileOptions } from 'cimlet';
import { Engine } from '../engine/engine.js';
import { startConsoleLab } from '../lab/console-lab.js';
import { pageFiles } from '../page-files.js';
import { startLoopback } from './server.js';

const USAGE = `node examples/console/dist/loopback.cjs --loopback [--lab] [--profile NAME] [--folder DIR]

  --loopback      serve the console on 127.0.0.1, for one browser on this computer
  --lab           in a lab of emulated servers; nothing is kept
  --profile NAME  session options of this profile beneath those of the sign-in (where servers are, whom to trust)
  --folder DIR    where the list of servers and Activity are kept
`;

/** The console in a browser of this computer. It has to be asked for by name, since whoever has the link works as the one who signed in. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      loopback: { type: 'boolean', default: false },
      lab: { type: 'boolean', default: false },
      profile: { type: 'string' },
      folder: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.loopback) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const lab = values.lab ? await startConsoleLab() : undefined;
  const engine = await Engine.open({
    folder: values.lab ? null : (values.folder ?? userFolder()),
    window: 'browser',
    base: values.profile === undefined ? {} : profileOptions({ profile: values.profile }),
    lab,
    startLab: startConsoleLab,
  });
  const loopback = await startLoopback({ bridge: engine, files: await pageFiles(join(__dirname, 'page')) });
  process.stdout.write(
    `Open this link once, in a browser on this computer:\n\n  ${loopback.link}\n\nCtrl+C ends the console.\n`,
  );
  await new Promise<void>((done) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => done());
  });
  await loopback.close();
  await engine.close();
  return 0;
}

function userFolder(): string {
  const { XDG_DATA_HOME, APPDATA } = process.env;
  return join(XDG_DATA_HOME ?? APPDATA ?? join(homedir(), '.local', 'share'), 'cimlet-console');
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
