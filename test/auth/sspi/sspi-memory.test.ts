import { describe, expect, it } from '@jest/globals';
import {
  authIdentity,
  BUFFER,
  channelBindingsBuffer,
  readWideString,
  SecurityBuffers,
  wipeIdentity,
} from '../../../lib/auth/sspi/sspi-memory.js';
import { FakeSspi } from './fake-sspi.js';

// Offsets as a C compiler for 64-bit Windows gives them for sspi.h.
describe('structures of SSPI', () => {
  it('lays out SEC_WINNT_AUTH_IDENTITY_W, and wipes it', () => {
    const memory = new FakeSspi();
    const identity = authIdentity(memory, { user: 'dhcpadmin', domain: 'CONTOSO', password: 'pä55' });
    const bytes = Buffer.from(identity.bytes);
    expect(bytes).toHaveLength(48);
    const read = (offset: number) => memory.behind(bytes.readBigUInt64LE(offset)).toString('utf16le');
    expect([read(0), read(16), read(32)]).toEqual(['dhcpadmin\0', 'CONTOSO\0', 'pä55\0']);
    expect([bytes.readUInt32LE(8), bytes.readUInt32LE(24), bytes.readUInt32LE(40)]).toEqual([9, 7, 4]);
    expect(bytes.readUInt32LE(44)).toBe(2);
    wipeIdentity(identity);
    expect(memory.behind(bytes.readBigUInt64LE(32)).every((byte) => byte === 0)).toBe(true);
  });

  it('lays out SecBufferDesc and its buffers, and reads what was left there', () => {
    const memory = new FakeSspi();
    const buffers = new SecurityBuffers(memory, [
      { type: BUFFER.token, content: new Uint8Array(60) },
      { type: BUFFER.data, content: Buffer.from('message') },
    ]);
    expect(buffers.bytes.subarray(0, 8).toString('hex')).toBe('00000000' + '02000000');
    const table = memory.behind(buffers.bytes.readBigUInt64LE(8));
    expect(table).toHaveLength(32);
    expect(table.subarray(0, 8).toString('hex')).toBe('3c000000' + '02000000');
    expect(table.subarray(16, 24).toString('hex')).toBe('07000000' + '01000000');
    expect(memory.behind(table.readBigUInt64LE(24)).toString()).toBe('message');
    memory.behind(table.readBigUInt64LE(8)).write('token');
    table.writeUInt32LE(5, 0);
    expect(Buffer.from(buffers.read(0)).toString()).toBe('token');
    table.writeUInt32LE(61, 0);
    expect(buffers.read(0)).toHaveLength(60);
  });

  it('lays out SEC_CHANNEL_BINDINGS', () => {
    const { type, content } = channelBindingsBuffer(Buffer.from('tls-server-end-point:x'));
    expect(type).toBe(14);
    const header = Buffer.from(content.subarray(0, 32)).toString('hex');
    expect(header).toBe(`${'00'.repeat(24)}1600000020000000`);
    expect(Buffer.from(content.subarray(32)).toString()).toBe('tls-server-end-point:x');
  });

  it('reads a name up to its end', () => {
    const memory = new FakeSspi();
    const address = memory.addressOf(Buffer.from('Jürgen😀@CONTOSO.COM\0rest', 'utf16le'));
    expect(readWideString(memory, address)).toBe('Jürgen😀@CONTOSO.COM');
  });
});
