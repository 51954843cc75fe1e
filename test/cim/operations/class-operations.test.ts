import { describe, expect, it } from '@jest/globals';
import { valuesOf } from '../../support/values-of.js';
import { all, FakeServer, LAMP_CLASS, NO_METADATA, page } from './fake-server.js';

const lamps = { namespace: 'root/test', className: 'X_Lamp' };

describe('getClass', () => {
  it('asks once a session, whoever asks, whatever the spelling', async () => {
    const server = new FakeServer(() => LAMP_CLASS);
    const session = await server.session();
    const [first, second] = await Promise.all([
      session.getClass(lamps),
      session.getClass({ namespace: 'ROOT\\test', className: 'x_lamp' }),
    ]);
    expect(second).toBe(first);
    expect(await session.getClass(lamps)).toBe(first);
    expect(server.trips).toEqual(['Get class X_Lamp']);
    expect(await session.getClass({ ...lamps, refresh: true })).not.toBe(first);
    expect(server.trips).toHaveLength(2);
    expect({ ...server.asked[0]?.envelope.selectors }).toEqual({ __cimnamespace: 'root/test', ClassName: 'X_Lamp' });
  });

  it('does not let one caller’s impatience fail another', async () => {
    let release: (markup: string) => void = () => {};
    let asked = 0;
    const server = new FakeServer(() => {
      asked += 1;
      return asked === 1
        ? new Promise<string>((resolve) => {
            release = resolve;
          })
        : LAMP_CLASS;
    });
    const session = await server.session();
    const controller = new AbortController();
    const impatient = session.getClass({ ...lamps, signal: controller.signal });
    const patient = session.getClass(lamps);
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect((await patient).className).toBe('X_Lamp');
    release(LAMP_CLASS);
  });

  it('asks again after a failure', async () => {
    let fails = true;
    const server = new FakeServer(() => (fails ? NO_METADATA : LAMP_CLASS));
    const session = await server.session();
    await expect(session.getClass(lamps)).rejects.toMatchObject({ code: 'ERR_WSMAN_FAULT' });
    fails = false;
    expect((await session.getClass(lamps)).className).toBe('X_Lamp');
  });

  it('does not take a part of a class for the whole', async () => {
    const server = new FakeServer(() => LAMP_CLASS);
    const session = await server.session();
    await session.getClass({ ...lamps, includeQualifiers: false });
    await session.getClass(lamps);
    expect(server.asked.map(({ envelope }) => envelope.options.map(({ name }) => name))).toEqual([
      ['IncludeInheritanceHierarchy', 'IncludeInheritedElements', 'msftwinrm:UsePreciseArrays'],
      ['IncludeInheritanceHierarchy', 'IncludeInheritedElements', 'IncludeQualifiers', 'msftwinrm:UsePreciseArrays'],
    ]);
  });
});

describe('enumerateClasses', () => {
  it('gives classes, which the session then knows', async () => {
    const server = new FakeServer((request) =>
      page(request, [LAMP_CLASS, LAMP_CLASS.replaceAll('X_Lamp', 'X_Strobe')]),
    );
    const session = await server.session();
    const found = await all(session.enumerateClasses({ namespace: 'root/test' }));
    expect(found.map(String)).toEqual(['root/test:X_Lamp', 'root/test:X_Strobe']);
    expect(await session.getClass({ namespace: 'root/test', className: 'X_Strobe' })).toBe(found[1]);
    expect(server.trips).toHaveLength(1);
    expect(server.asked[0]?.envelope.options.map(({ name }) => name)).toContain('IncludeSubClasses');
    await all(session.enumerateClasses({ namespace: 'root/test', className: 'X_Device', deep: false }));
    expect(server.asked[1]?.envelope.selectors['ClassName']).toBe('X_Device');
    expect(server.asked[1]?.envelope.options.map(({ name }) => name)).not.toContain('IncludeSubClasses');
  });
});

describe('a class', () => {
  it('says what it is', async () => {
    const session = await new FakeServer(() => LAMP_CLASS).session();
    const lamp = await session.getClass(lamps);
    expect([lamp.cimClassName, lamp.cimSuperClassName, lamp.keys, lamp.description]).toEqual([
      'X_Lamp',
      'X_Device',
      ['Id'],
      'A lamp.',
    ]);
    expect([lamp.isA('x_element'), lamp.isA('X_Lamp'), lamp.isA('X_Room'), lamp.isAbstract]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(lamp.cimSystemProperties).toEqual({ namespace: 'root/test', className: 'X_Lamp', serverName: 'server' });
    expect(lamp.cimClassMethods.get('dim')?.parameters.map(({ name, direction }) => [name, direction])).toEqual([
      ['Percent', 'in'],
      ['Steps', 'out'],
    ]);
    expect(lamp.cimClassProperties.get('ID')).toMatchObject({ key: true, classOrigin: 'X_Device', propagated: true });
  });

  it('makes instances with its default values', async () => {
    const session = await new FakeServer(() => LAMP_CLASS).session();
    const lamp = (await session.getClass(lamps)).newInstance<{ On: boolean }>({ id: 4, Name: 'extra' });
    expect(valuesOf(lamp)).toEqual({ Id: 4, On: false, Name: 'extra' });
    expect(lamp.On).toBe(false);
    expect(lamp.cimInstanceProperties.get('On')?.flags).toEqual({
      key: false,
      readOnly: false,
      nullValue: false,
      notModified: true,
    });
  });
});
