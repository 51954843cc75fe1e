// Every class of errors that a caller can meet is exported, so that `instanceof` works, and is named in the documentation.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as cimlet from '../../lib/index.js';

const LIB = join(__dirname, '../../lib');

/** Those that no caller of the library meets, and why. */
const INTERNAL: Readonly<Record<string, string>> = {
  ConversionFailure: 'binding makes a ParameterBindingError of it',
  HttpSyntaxError: 'the connection makes an ERR_PROTOCOL of it',
  SocketGoneError: 'the connection makes an ERR_CONNECTION_LOST of it',
  LostBeforeReply: 'the transport sends again, or throws the error that is in it',
  RequestFault: 'a server answers with the fault that is in it',
  ProviderError: 'the emulated provider answers with it',
  WqlError: 'the emulated service answers with a fault',
  ConnectionEnd: 'the emulated service ends the connection',
  ObjectNotFoundError: 'callers meet a CimletError, the record of which says ObjectNotFound',
  UsageError: 'the command prints it',
  LanguageError: 'the command prints it',
  AttemptsFailedError: 'what it says is in the message of ERR_CONNECTION_REFUSED, whose cause it is',
  PipelineStopped: 'the command ends a pipeline with it',
  ServeMessageError: 'cimlet serve writes it as a line',
  ScriptEnded: 'an export or import ends itself with it, whose errors have been told',
};

const classes = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [
    ...readFileSync(join(LIB, file), 'utf8').matchAll(
      /^export class (\w+)(?:<.*>)? extends (?:\w*Error|WsManFault\w*)\b/gm,
    ),
  ])
  .map(([, name = '']) => name);
const troubleshooting = readFileSync(join(LIB, '../docs/troubleshooting.md'), 'utf8');

describe('the error classes', () => {
  it('are found', () => {
    expect(classes.length).toBeGreaterThan(10);
    expect(Object.keys(INTERNAL).filter((name) => !classes.includes(name))).toEqual([]);
  });

  it.each(classes.filter((name) => !(name in INTERNAL)))('%s is exported and documented', (name) => {
    const exported = (cimlet as Readonly<Record<string, unknown>>)[name];
    expect(exported).toBeInstanceOf(Function);
    expect((exported as { prototype: unknown }).prototype).toBeInstanceOf(Error);
    expect(troubleshooting).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
  });
});
