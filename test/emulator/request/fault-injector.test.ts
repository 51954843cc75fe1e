import { describe, expect, it } from '@jest/globals';
import { FaultInjector } from '../../../lib/emulator/request/fault-injector.js';

const END = 'http://schemas.microsoft.com/wbem/wsman/1/cim/interactive/EndInteractive';
const kinds = (injector: FaultInjector, isAboutOperation: boolean) =>
  injector.take('dhcp1.contoso.com', END, isAboutOperation).map(({ kind }) => kind);

describe('faults and messages about a running operation', () => {
  it('are not delayed with the operations, nor counted', () => {
    const injector = new FaultInjector();
    injector.inject({ kind: 'latency', ms: 60_000, times: 1 });
    expect(kinds(injector, true)).toEqual([]);
    expect(kinds(injector, false)).toEqual(['latency']);
    expect(injector.faults).toEqual([]);
  });

  it('are delayed when the fault names them', () => {
    const injector = new FaultInjector();
    injector.inject({ kind: 'latency', ms: 1, action: '/EndInteractive' });
    expect(kinds(injector, true)).toEqual(['latency']);
  });

  it('are struck by every other fault', () => {
    const injector = new FaultInjector();
    injector.inject({ kind: 'silence' });
    injector.inject({ kind: 'reset', afterBytes: 0 });
    expect(kinds(injector, true)).toEqual(['silence', 'reset']);
  });
});
