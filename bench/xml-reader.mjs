// Reading the 2 KB reply: our reader against saxes (events alone), xml2js and @xmldom/xmldom, one after the other in one process.
import { DOMParser } from '@xmldom/xmldom';
import { SaxesParser } from 'saxes';
import { parseString } from 'xml2js';
import { bareClient } from './bare-client.mjs';
import { libraryModule } from './library-module.mjs';
import { inTurn, report, server, time } from './measure.mjs';

const DOCUMENTS = 2000;
const REQUEST = Buffer.from('<a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID>');

const PEERS = {
  saxes(text) {
    const parser = new SaxesParser({ xmlns: true });
    let names = 0;
    parser.on('opentag', () => {
      names += 1;
    });
    parser.write(text).close();
    if (names === 0) throw new Error('no element');
  },
  xml2js(text) {
    parseString(text, { xmlns: true, async: false }, (error) => {
      if (error) throw error;
    });
  },
  '@xmldom/xmldom': (text) => new DOMParser().parseFromString(text, 'text/xml'),
};

export async function benchXmlReader() {
  const echo = await server('./echo-server.mjs');
  const client = bareClient(echo.port);
  const reply = (await client.post(REQUEST)).toString('utf8');
  client.close();
  echo.stop();
  const { parseXml } = await libraryModule('lib/xml/parse.ts');
  const rate = (read) => async () => {
    const ms = await time(() => {
      for (let index = 0; index < DOCUMENTS; index += 1) read(reply);
    });
    return (DOCUMENTS * reply.length) / ms / 1000;
  };
  console.log(`XML: ${reply.length} bytes, ${DOCUMENTS} times a run; ours builds trees`);
  for (const [name, read] of Object.entries(PEERS)) {
    const result = await inTurn(rate(parseXml), rate(read));
    const detail = `${result.ours.toFixed(1)} against ${result.yardstick.toFixed(1)} MB/s`;
    report(`reading XML, times as fast as ${name}`, result.ratio, undefined, detail);
  }
}
