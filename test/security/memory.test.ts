// No reply ends the process, or takes more than a few times the size that it may have.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../lib/index.js';
import { httpServer } from '../transport/servers.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const MIB = 2 ** 20;

/** A server that answers everything with `unit`, so often that it makes `bytes`, in the body of an envelope. */
async function serverOf(unit: string, bytes: number): Promise<number> {
  const head = `<s:Envelope xmlns:s="${SOAP}"><s:Body><r>`;
  const { port } = await httpServer(async (request, response) => {
    for await (const _ of request);
    response.on('error', () => {});
    response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
    response.write(head);
    const closed = once(response, 'close').catch(() => undefined);
    const piece = unit.repeat(Math.ceil(65_536 / unit.length));
    for (let sent = 0; sent < bytes && !response.destroyed; sent += piece.length) {
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
    }
    response.end('</r></s:Body></s:Envelope>');
  });
  return port;
}

function optionsFor(port: number) {
  return {
    authentication: 'Basic',
    credential: { userName: 'u', password: 'p' },
    allowUnencrypted: true,
    connectTo: { host: '127.0.0.1', port },
  } as const;
}

const UNITS = [
  ['elements', '<b/>'],
  ['elements with a namespace each', '<b xmlns="q"/>'],
  ['attributes', '<b a="1" b="2" c="3" d="4" e="5"/>'],
  ['text', 'x'.repeat(1000)],
  ['references', '&#65;'],
  ['comments', '<!---->'],
  ['depth', '<b>'],
  ['names that differ in nothing but their length', `<${'n'.repeat(1000)}/>`],
] as const;

describe('a reply of 64 MiB', () => {
  it.each(UNITS)('of %s is refused long before it is read, and the limit is named', async (_, unit) => {
    const port = await serverOf(unit, 64 * MIB);
    const session = await newCimSession('srv', optionsFor(port));
    const failure = session.invokeMethod({ namespace: 'root/cimv2', className: 'X', method: 'M' });
    await expect(failure).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_(RESPONSE_TOO_LARGE|XML)$/) });
    await expect(failure).rejects.toMatchObject({
      message: expect.stringMatching(/(?:more|larger) than the \d+ (bytes|elements) allowed|exceeds the limit of 128/),
    });
    await session.close();
  });
});

describe('the limits of a reply', () => {
  const within = async (options: object, unit: string, bytes: number) => {
    const port = await serverOf(unit, bytes);
    await using session = await newCimSession('srv', { ...optionsFor(port), ...options });
    return await session.invokeMethod({ namespace: 'root/cimv2', className: 'X', method: 'M' }).then(
      () => '',
      (error: { message: string; hint?: string }) => `${error.message} ${error.hint}`,
    );
  };

  it('follow from maxEnvelopeSize', async () => {
    expect(await within({}, 'text ', 5 * MIB)).toMatch(/4096000 bytes allowed.*maxResponseBytes/);
    expect(await within({ maxEnvelopeSize: 1_024_000 }, 'text ', 5 * MIB)).not.toMatch(/allowed/);
    expect(await within({ maxEnvelopeSize: 1_024_000 }, 'text ', 9 * MIB)).toMatch(/8192000 bytes allowed/);
  });

  it('are set by the options that their errors name', async () => {
    expect(await within({}, '<b/>', MIB)).toMatch(/128000 elements allowed.*maxResponseElements/);
    expect(await within({ maxResponseElements: 1_000_000 }, '<b/>', MIB)).not.toMatch(/allowed/);
    expect(await within({ maxResponseBytes: 100_000 }, 'x', MIB)).toMatch(/100000 bytes allowed/);
    expect(await within({ maxResponseBytes: 100_000 }, '<b/>', 90_000)).toMatch(/3125 elements allowed/);
  });
});

describe('what one element of a reply may be', () => {
  const nested = (depth: number) => '<b>'.repeat(depth) + '</b>'.repeat(depth);
  const attributes = (count: number) => `<b ${Array.from({ length: count }, (_, at) => `a${at}=""`).join(' ')}/>`;

  /** How a reply with this in it is told of; empty when its size is not what is wrong with it. */
  async function refusal(options: object, markup: string): Promise<string> {
    const port = await serverOf(markup, 1);
    await using session = await newCimSession('srv', { ...optionsFor(port), ...options });
    return await session.invokeMethod({ namespace: 'root/cimv2', className: 'X', method: 'M' }).then(
      () => '',
      ({ code, message, hint }: { code: string; message: string; hint?: string }) =>
        code === 'ERR_XML' || code === 'ERR_RESPONSE_TOO_LARGE' ? `${message} ${hint}` : '',
    );
  }

  it.each([
    ['maxResponseDepth', 128, nested, 4],
    ['maxResponseAttributes', 256, attributes, 0],
    ['maxResponseNameLength', 1024, (length: number) => `<${'n'.repeat(length)}/>`, 0],
  ] as const)('%s is %d unless it is given, and named', async (option, usual, markup, above) => {
    const refused = (limit: number) =>
      expect.stringMatching(new RegExp(`exceeds the limit of ${limit}\\..* For replies, ${option} sets this limit`));
    // Envelope, body, and the element that `serverOf` puts around are of the depth, too.
    expect(await refusal({}, markup(usual - above))).toBe('');
    expect(await refusal({}, markup(usual + 1))).toEqual(refused(usual));
    expect(await refusal({ [option]: 40 }, markup(30))).toBe('');
    expect(await refusal({ [option]: 40 }, markup(41))).toEqual(refused(40));
    expect(await refusal({ [option]: usual * 2 }, markup(usual + 1))).toBe('');
  });

  it.each([
    ['the text of an element', (length: number) => `<b>${'x'.repeat(length)}</b>`],
    ['a text in pieces', (length: number) => `<b>${'x<!---->'.repeat(length)}</b>`],
    ['a text with elements within', (length: number) => `<b>${'x<c/>'.repeat(length)}</b>`],
    ['the value of an attribute', (length: number) => `<b a="${'x'.repeat(length)}"/>`],
  ])('maxResponseTextLength bounds %s', async (_, markup) => {
    expect(await refusal({}, markup(50_000))).toBe('');
    expect(await refusal({ maxResponseTextLength: 1000 }, markup(1000))).toBe('');
    expect(await refusal({ maxResponseTextLength: 1000 }, markup(1001))).toMatch(
      /a text of more than the 1000 characters allowed\. .*maxResponseTextLength/,
    );
  });

  it.each([
    [{ maxResponseDepth: 0 }, 'maxResponseDepth: 0 is not valid. Give a number of at least 1.'],
    [{ maxResponseDepth: 1001 }, 'maxResponseDepth: 1001 is not valid. Give a number from 1 to 1000.'],
    [{ maxResponseAttributes: Number.NaN }, 'maxResponseAttributes: NaN is not valid. Give a number of at least 1.'],
    [{ maxResponseNameLength: -1 }, 'maxResponseNameLength: -1 is not valid. Give a number of at least 1.'],
    [{ maxResponseTextLength: 0 }, 'maxResponseTextLength: 0 is not valid. Give a number of at least 1.'],
    [{ maxResponseBytes: 0 }, 'maxResponseBytes: 0 is not valid. Give a number of at least 1.'],
    [{ maxResponseElements: 0 }, 'maxResponseElements: 0 is not valid. Give a number of at least 1.'],
  ])('%j is refused', async (options, message) => {
    await expect(newCimSession('srv', options)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT', message });
  });
});

describe('a process with 64 MiB of heap', () => {
  it.each(UNITS)('outlives a reply of 64 MiB of %s', async (_, unit) => {
    const port = await serverOf(unit, 64 * MIB);
    const program = `
      const { newCimSession } = require(${JSON.stringify(resolve(__dirname, '../../dist/index.js'))});
      newCimSession('srv', ${JSON.stringify(optionsFor(port))}).then((session) =>
      session.invokeMethod({ namespace: 'root/cimv2', className: 'X', method: 'M' }).then(
        () => process.stdout.write('answered'),
        (error) => process.stdout.write(error.code),
      ).then(() => session.close()));`;
    const child = spawn(process.execPath, ['--max-old-space-size=64', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.on('data', (text) => {
      told += String(text);
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(told).toMatch(/^ERR_(RESPONSE_TOO_LARGE|XML)$/);
  });
});
