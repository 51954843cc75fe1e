import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import type { LabEvent } from '../../../../lib/emulator/dhcp/lab-event.js';
import { A, B, hours, minutes, Pair, seconds } from '../../pair.js';

/** The states that a server went through, in order. */
function record(pair: Pair, server: string): string[] {
  const states: string[] = [];
  pair.lab.observe((event: LabEvent) => {
    if (event.type === 'state-changed' && event.server === server) states.push(event.to);
  });
  return states;
}

describe('a pair over time', () => {
  it('is Normal on both when Add returns, having passed Recover and RecoverDone', async () => {
    const pair = new Pair();
    const [a, b] = [record(pair, A), record(pair, B)];
    await pair.add();
    expect(a).toEqual(['Recover', 'RecoverDone', 'Normal']);
    expect(b).toEqual(['Recover', 'RecoverDone', 'Normal']);
  });

  it('takes its time to become Normal with realistic timing', async () => {
    const pair = new Pair({ timing: 'realistic' });
    const { output } = await pair.add({ PassThru: true });
    expect(output).toEqual([expect.objectContaining({ State: 'Startup' })]);
    expect(pair.states()).toEqual(['Startup', 'Startup']);
    pair.lab.clock.advance(seconds(1));
    expect(pair.states()).toEqual(['Recover', 'Recover']);
    pair.lab.clock.advance(seconds(2));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('goes from Startup to CommunicationInterrupted when the partner never answers', async () => {
    const pair = new Pair({ timing: 'realistic' });
    await pair.add();
    pair.lab.powerOff(B);
    pair.lab.clock.advance(minutes(5) - 1);
    expect(pair.states()[0]).toBe('Startup');
    pair.lab.clock.advance(1);
    expect(pair.states()[0]).toBe('CommunicationInterrupted');
  });

  it('is interrupted while the partner is off, and Normal when it returns', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.powerOff(B);
    expect(pair.states()).toEqual(['CommunicationInterrupted', 'Normal']);
    pair.lab.clock.advance(hours(48));
    expect(pair.states()[0]).toBe('CommunicationInterrupted');
    pair.lab.powerOn(B);
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('notices a lost partner after the receive timer with realistic timing', async () => {
    const pair = new Pair({ timing: 'realistic' });
    await pair.add();
    pair.lab.clock.advance(minutes(1));
    pair.lab.cutLink(A, B);
    pair.lab.clock.advance(minutes(3) - 1);
    expect(pair.states()).toEqual(['Normal', 'Normal']);
    pair.lab.clock.advance(1);
    expect(pair.states()).toEqual(['CommunicationInterrupted', 'CommunicationInterrupted']);
    pair.lab.restoreLink(A, B);
    pair.lab.clock.advance(minutes(1));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('sees nothing of a cut shorter than the receive timer', async () => {
    const pair = new Pair({ timing: 'realistic' });
    await pair.add();
    pair.lab.clock.advance(minutes(1));
    const changes = record(pair, A);
    pair.lab.cutLink(A, B);
    pair.lab.clock.advance(minutes(2));
    pair.lab.restoreLink(A, B);
    pair.lab.clock.advance(hours(1));
    expect(changes).toEqual([]);
  });

  it('takes over after the StateSwitchInterval, and only then', async () => {
    const pair = new Pair();
    await pair.add({ StateSwitchInterval: TimeSpan.from('2:00:00') });
    pair.lab.powerOff(B);
    pair.lab.clock.advance(hours(2) - 1);
    expect(pair.states()[0]).toBe('CommunicationInterrupted');
    pair.lab.clock.advance(1);
    expect(pair.states()[0]).toBe('PartnerDown');
  });

  it('stops the safe timer when the partner comes back in time', async () => {
    const pair = new Pair();
    await pair.add({ StateSwitchInterval: TimeSpan.from('2:00:00') });
    pair.lab.powerOff(B);
    pair.lab.clock.advance(hours(1));
    pair.lab.powerOn(B);
    pair.lab.clock.advance(hours(10));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('lets a partner that was off recover for one MCLT before both are Normal', async () => {
    const pair = new Pair();
    await pair.add({ MaxClientLeadTime: TimeSpan.from('2:00:00') });
    pair.lab.powerOff(B);
    await pair.set({ PartnerDown: true });
    expect(pair.states()[0]).toBe('PartnerDown');
    const back = record(pair, B);
    pair.lab.powerOn(B);
    expect(pair.states()).toEqual(['PartnerDown', 'Recover']);
    pair.lab.clock.advance(seconds(1));
    expect(pair.states()).toEqual(['PartnerDown', 'RecoverWait']);
    pair.lab.clock.advance(hours(2) - 1);
    expect(pair.states()).toEqual(['PartnerDown', 'RecoverWait']);
    pair.lab.clock.advance(1);
    expect(pair.states()).toEqual(['Normal', 'Normal']);
    expect(back).toEqual(['Startup', 'Recover', 'RecoverWait', 'RecoverDone', 'Normal']);
  });

  it('resolves the conflict of a network split in which one side declared the other down', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.cutLink(A, B);
    await pair.set({ PartnerDown: true });
    expect(pair.states()).toEqual(['PartnerDown', 'CommunicationInterrupted']);
    pair.lab.restoreLink(A, B);
    expect(pair.states()).toEqual(['PotentialConflict', 'PotentialConflict']);
    pair.lab.clock.advance(seconds(5));
    expect(pair.states()).toEqual(['ConflictDone', 'PotentialConflict']);
    pair.lab.clock.advance(seconds(5));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('resolves the conflict of two servers that declared each other down', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.cutLink(A, B);
    await pair.set({ PartnerDown: true }, A);
    await pair.set({ PartnerDown: true }, B);
    pair.lab.restoreLink(A, B);
    expect(pair.states()).toEqual(['PotentialConflict', 'PotentialConflict']);
    pair.lab.clock.advance(seconds(10));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('interrupts and resumes a resolution when the link is cut again', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.cutLink(A, B);
    await pair.set({ PartnerDown: true }, A);
    pair.lab.restoreLink(A, B);
    pair.lab.clock.advance(seconds(2));
    pair.lab.cutLink(A, B);
    expect(pair.states()).toEqual(['ResolutionInterrupted', 'ResolutionInterrupted']);
    pair.lab.restoreLink(A, B);
    expect(pair.states()).toEqual(['PotentialConflict', 'PotentialConflict']);
    pair.lab.clock.advance(seconds(10));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('recovers a server whose database came from a backup', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.powerOff(B);
    pair.lab.powerOn(B, { databaseLost: true });
    expect(pair.states()).toEqual(['CommunicationInterrupted', 'Recover']);
    pair.lab.clock.advance(seconds(1) + hours(1));
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });

  it('treats a stopped DHCP service as a lost partner, a paused one not', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.setService(B, 'paused');
    expect(pair.states()[0]).toBe('Normal');
    pair.lab.setService(B, 'stopped');
    expect(pair.states()[0]).toBe('CommunicationInterrupted');
    pair.lab.setService(B, 'running');
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });
});
