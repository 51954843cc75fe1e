import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ReplyWriter } from '../../../lib/serve/line/line-writer.js';

class FullSink extends EventEmitter {
  readonly writable = true;
  readonly written: string[] = [];
  write(text: string): boolean {
    this.written.push(text);
    return false;
  }
}

describe('ReplyWriter', () => {
  it('waits for room until the reader has kept up', async () => {
    const sink = new FullSink();
    const writer = new ReplyWriter(sink);
    writer.text('a.1', 'v', 'x');
    let hasRoom = false;
    const room = writer.room().then(() => {
      hasRoom = true;
    });
    await new Promise(setImmediate);
    expect([sink.written, hasRoom]).toEqual([['a.1 v "x"\n'], false]);
    sink.emit('drain');
    await room;
    expect(sink.listenerCount('close')).toBe(0);
  });

  it('has room when the reader kept up before anybody asked', async () => {
    const sink = new FullSink();
    const writer = new ReplyWriter(sink);
    writer.text('a.1', 'v', 'x');
    sink.emit('drain');
    await writer.room();
    expect(sink.listenerCount('drain')).toBe(0);
  });
});
