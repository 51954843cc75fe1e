import { describe, expect, it, jest } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import type { CimException } from '../../../lib/cim/error/cim-exception.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimProgress, CimPrompt } from '../../../lib/cim/operations/cim-enhanced-options.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimMethodDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { propertiesOf } from '../../support/values-of.js';
import { event, message } from '../../wsman/operation-script.js';
import { EMPTY, ScriptedServer, type SeenRequest } from '../../wsman/scripted-server.js';
import { all, CIM, FakeServer, LAMP_CLASS, NO_METADATA, referenceContent, SCHEMA, XSI } from './fake-server.js';

const lampServer = () =>
  new FakeServer((_request, what) => {
    if (what === 'Get class X_Lamp') return LAMP_CLASS;
    if (what.startsWith('Dim')) {
      return `<q:Dim_OUTPUT xmlns:q="${SCHEMA}/X_Lamp"><q:Steps>1</q:Steps><q:Steps>2</q:Steps><q:ReturnValue>0</q:ReturnValue></q:Dim_OUTPUT>`;
    }
    return what.startsWith('Count')
      ? '<q:Count_OUTPUT xmlns:q="urn:q"><q:ReturnValue>12</q:ReturnValue></q:Count_OUTPUT>'
      : NO_METADATA;
  });

describe('a method by its name', () => {
  it('is looked up in the class, once', async () => {
    const server = lampServer();
    const session = await server.session();
    const lamps = { namespace: 'root/test', className: 'X_Lamp' };
    expect((await session.invokeMethod({ ...lamps, method: 'count' })).returnValue).toBe(12);
    await session.invokeMethod({ ...lamps, method: 'Count' });
    expect(server.trips).toEqual(['Get class X_Lamp', 'Count X_Lamp', 'Count X_Lamp']);
  });

  it('gives embedded instances with the types of their classes, and their text where one cannot be had', async () => {
    const maker =
      '<CLASS NAME="X_Maker"><METHOD NAME="Make" TYPE="uint32"><QUALIFIER NAME="Static" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER>' +
      ['Lamp', 'Shade']
        .map(
          (name) =>
            `<PARAMETER NAME="${name}" TYPE="string"><QUALIFIER NAME="Out" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>X_${name}</VALUE></QUALIFIER></PARAMETER>`,
        )
        .join('') +
      '</METHOD></CLASS>';
    const server = new FakeServer((_, what) => {
      if (what === 'Get class X_Maker') return maker;
      if (what === 'Get class X_Lamp') return LAMP_CLASS;
      if (what.startsWith('Make'))
        return '<q:Make_OUTPUT xmlns:q="urn:q"><q:Lamp><q:Id>7</q:Id><q:Burnt>1</q:Burnt></q:Lamp><q:Shade><q:Id>8</q:Id></q:Shade><q:ReturnValue>0</q:ReturnValue></q:Make_OUTPUT>';
      return { soapCode: 'Receiver', soapSubcode: 'wsman:InternalError', reason: 'Too busy.', wsmanCode: 0x803380e2 };
    });
    const session = await server.session();
    const { outParameters, returnValue } = await session.invokeMethod({
      namespace: 'root/test',
      className: 'X_Maker',
      method: 'Make',
    });
    expect(returnValue).toBe(0);
    expect(outParameters['Lamp']).toMatchObject({ Id: 7, Burnt: 1n });
    expect(outParameters['Shade']).toMatchObject({ Id: '8' });
  });

  it('of an instance needs no look-up when the instance knows its class', async () => {
    const server = lampServer();
    const session = await server.session();
    const cimClass = await session.getClass({ namespace: 'root/test', className: 'X_Lamp' });
    const instance = cimClass.newInstance({ Id: 5 });
    const { outParameters, returnValue } = await session.invokeMethod({
      instance,
      method: 'Dim',
      parameters: { percent: 30 },
    });
    expect([outParameters['Steps'], returnValue]).toEqual([[1, 2], 0]);
    const dim = server.asked[1]?.envelope;
    expect({ ...dim?.selectors }).toEqual({ __cimnamespace: 'root/test', Id: '5' });
    expect(dim?.body?.child('Percent')?.text).toBe('30');
    await expect(session.invokeMethod({ instance, method: 'Dim', parameters: { Percent: 256 } })).rejects.toMatchObject(
      {
        message: expect.stringContaining('X_Lamp.Dim.Percent'),
      },
    );
  });

  it('that the class does not have is refused with those that it has', async () => {
    const session = await lampServer().session();
    await expect(
      session.invokeMethod({ namespace: 'root/test', className: 'X_Lamp', method: 'Explode' }),
    ).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining('Dim, Count') });
  });

  // MS-WSMV 4.1.4: a process is created; the answers are numbers without a type.
  it('without metadata is sent by the types of the values, and read by what comes', async () => {
    const server = new FakeServer((_request, what) =>
      what.startsWith('Create')
        ? `<p:Create_OUTPUT xmlns:p="urn:p"><p:ProcessId>4000</p:ProcessId><p:ReturnValue>0</p:ReturnValue></p:Create_OUTPUT>`
        : NO_METADATA,
    );
    const session = await server.session();
    const { returnValue, outParameters } = await session.invokeMethod({
      namespace: 'root/cimv2',
      className: 'Win32_Process',
      method: 'Create',
      parameters: {
        CommandLine: 'notepad.exe',
        CurrentDirectory: 'C:\\',
        Times: 2,
        Flags: [true],
        Key: new Secret('s'),
      },
    });
    expect([returnValue, { ...outParameters }]).toEqual([0, { ProcessId: '4000' }]);
    const body = server.asked[1]?.envelope.body;
    expect(body?.children.map(({ name, text }) => [name, text])).toEqual([
      ['CommandLine', 'notepad.exe'],
      ['CurrentDirectory', 'C:\\'],
      ['Times', '2'],
      ['Flags', 'true'],
      ['Key', 's'],
    ]);
    expect(body?.child('Times')?.attribute('type', XSI)).toBe('cim:cimUnsignedInt');
    await expect(
      session.invokeMethod({
        namespace: 'root/cimv2',
        className: 'Win32_Process',
        method: 'Create',
        parameters: { At: new Date(0) },
      }),
    ).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  });
});

const CLASS = 'UTFPSSemantics_Test';
const streaming: CimMethodDeclaration = {
  name: 'TestStreaming',
  isStatic: true,
  returnType: 'uint32',
  parameters: [{ name: 'uValue', type: 'uint32', direction: 'out' }],
};
const output = (content = '') =>
  `<p:TestStreaming_OUTPUT xmlns:p="${SCHEMA}/${CLASS}" xmlns:xsi="${XSI}">${content}</p:TestStreaming_OUTPUT>`;
const streamed = (name: string, type: number, value: string) =>
  `<i:InteractiveEvent xmlns:i="http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd"><i:EventType>StreamingOutput</i:EventType><i:Name>${name}</i:Name><i:Type>${type}</i:Type><i:Value xmlns:xsi="${XSI}" xmlns:p="${SCHEMA}/${CLASS}" xmlns:cim="${CIM}">${value}</i:Value></i:InteractiveEvent>`;
const invocation = { namespace: 'root/cimv2/mytest4', className: CLASS, method: streaming };

function operation(script: (request: SeenRequest) => readonly string[]): ScriptedServer {
  return new ScriptedServer((request) =>
    request.action.endsWith('/TestStreaming') ? { body: script(request) } : EMPTY,
  );
}

const sessionOver = (server: ScriptedServer) => newCimSession('server', { transport: () => server });

describe('invokeMethodStreaming', () => {
  it('gives the values of MS-WSMV 4.11.2 as they come, then the end', async () => {
    const server = operation((request) => [
      message(request, 1, streamed('uValue', 5, '<p:uValue xsi:type="cim:cimUnsignedInt">1</p:uValue>')),
      message(request, 2, streamed('uValue', 5, '<p:uValue xsi:type="cim:cimUnsignedInt">2</p:uValue>')),
      message(request, 3, output()),
    ]);
    const session = await sessionOver(server);
    const results = await all(session.invokeMethodStreaming(invocation));
    expect(results).toEqual([
      { type: 'item', parameterName: 'uValue', itemValue: 1, itemType: 'uint32' },
      { type: 'item', parameterName: 'uValue', itemValue: 2, itemType: 'uint32' },
      { type: 'final', returnValue: null, outParameters: Object.create(null) },
    ]);
    const options = server.requests[0]?.options.map(({ name, value, type }) => [name, value, type]);
    expect(options).toEqual([
      ['__MI_CallbackRegistration', '4', 'xs:int'],
      ['msftwinrm:UsePreciseArrays', 'true', 'xs:boolean'],
    ]);
    expect(server.requests[0]?.body?.attribute('type', XSI)).toBe('TestStreaming_INPUT_Type');
  });

  it('gives everything at the end from a server that does not stream', async () => {
    const server = new FakeServer(() => output('<p:uValue>7</p:uValue><p:ReturnValue>0</p:ReturnValue>'));
    const session = await server.session();
    const [only, ...more] = await all(session.invokeMethodStreaming(invocation));
    expect(more).toEqual([]);
    expect(only).toMatchObject({ type: 'final', returnValue: 0, outParameters: { uValue: 7 } });
  });

  it('cancels the method when it is left', async () => {
    const server = operation((request) => [
      message(request, 1, streamed('uValue', 5, '<p:uValue>1</p:uValue>')),
      message(request, 2, streamed('uValue', 5, '<p:uValue>2</p:uValue>')),
    ]);
    const session = await sessionOver(server);
    for await (const result of session.invokeMethodStreaming(invocation)) {
      expect(result).toMatchObject({ itemValue: 1 });
      break;
    }
    expect(server.actions.slice(0, 2)).toEqual(['TestStreaming', 'Cancel']);
  });

  const embedded = `<p:v xsi:type="e:X_Lamp_Type" xmlns:e="${SCHEMA}/X_Lamp"><e:Id xsi:type="cim:cimUnsignedInt">3</e:Id></p:v>`;
  // The codes of MS-WSMV 2.2.5.16, an array's 16 above.
  const VALUES: readonly (readonly [code: number, markup: string, value: CimValue | ((value: CimValue) => void)])[] = [
    [0, '<p:v>true</p:v>', true],
    [1, '<p:v>255</p:v>', 255],
    [2, '<p:v>-128</p:v>', -128],
    [3, '<p:v>65535</p:v>', 65535],
    [4, '<p:v>-32768</p:v>', -32768],
    [5, '<p:v>4294967295</p:v>', 4294967295],
    [6, '<p:v>-2147483648</p:v>', -2147483648],
    [7, '<p:v>18446744073709551615</p:v>', 18446744073709551615n],
    [8, '<p:v>-9223372036854775808</p:v>', -9223372036854775808n],
    [9, '<p:v>1.5</p:v>', 1.5],
    [10, '<p:v>-2.25e300</p:v>', -2.25e300],
    [11, '<p:v>&#228;</p:v>', 'ä'],
    [
      12,
      '<p:v><cim:Interval>P0DT1H0M0S</cim:Interval></p:v>',
      (value) => expect(value).toEqual(TimeSpan.from('1:00:00')),
    ],
    [
      12,
      '<p:v><cim:Datetime>2026-11-24T08:00:00Z</cim:Datetime></p:v>',
      (value) => expect(String(value)).toBe(String(CimDateTime.fromIso('2026-11-24T08:00:00Z'))),
    ],
    [13, '<p:v> text </p:v>', ' text '],
    [13, '<p:v xsi:nil="true"/>', null],
    [14, `<p:v>${referenceContent('X_Lamp', { Id: '3' })}</p:v>`, (value) => expect(value).toMatchObject({ Id: '3' })],
    [15, embedded, (value) => expect(value).toMatchObject({ Id: 3 })],
    [16, '<p:v>true</p:v><p:v>false</p:v>', [true, false]],
    [17, '<p:v>1</p:v><p:v>2</p:v>', [1, 2]],
    [18, '<p:v>-1</p:v>', [-1]],
    [19, '<p:v>1</p:v>', [1]],
    [20, '<p:v>-1</p:v>', [-1]],
    [21, '<p:v>1</p:v><p:v>2</p:v>', [1, 2]],
    [22, '<p:v>-1</p:v>', [-1]],
    [23, '<p:v>1</p:v>', [1n]],
    [24, '<p:v>-1</p:v>', [-1n]],
    [25, '<p:v>0.5</p:v>', [0.5]],
    [26, '<p:v>INF</p:v>', [Number.POSITIVE_INFINITY]],
    [27, '<p:v>a</p:v><p:v>b</p:v>', ['a', 'b']],
    [
      28,
      '<p:v><cim:Interval>P1DT0H0M0S</cim:Interval></p:v>',
      (value) => expect(value).toEqual([TimeSpan.from('1.00:00:00')]),
    ],
    [29, '<p:v>a</p:v><p:v>b</p:v>', ['a', 'b']],
    [29, '', []],
    [
      30,
      `<p:v>${referenceContent('X_Lamp', { Id: '3' })}</p:v>`,
      (value) => expect(value).toMatchObject([{ Id: '3' }]),
    ],
    [31, `${embedded}${embedded}`, (value) => expect(value).toMatchObject([{ Id: 3 }, { Id: 3 }])],
  ];

  it.each(VALUES)('reads a value of type %d: %s', async (code, markup, expected) => {
    const server = operation((request) => [
      message(request, 1, streamed('v', code, markup)),
      message(request, 2, output()),
    ]);
    const session = await sessionOver(server);
    const [first] = await all(session.invokeMethodStreaming(invocation));
    if (first?.type !== 'item') throw new Error('no item');
    if (typeof expected === 'function') expected(first.itemValue);
    else expect(first.itemValue).toEqual(expected);
  });

  it('refuses a value that is not of its type', async () => {
    const server = operation((request) => [
      message(request, 1, streamed('v', 1, '<p:v>256</p:v>')),
      message(request, 2, output()),
    ]);
    const session = await sessionOver(server);
    await expect(all(session.invokeMethodStreaming(invocation))).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringContaining(`${CLASS}.TestStreaming.v`),
    });
  });
});

describe('what the server tells on the way', () => {
  const told = (answers: string[]) => (request: SeenRequest) => {
    answers.push(request.action);
    return [
      event(request, 1, { type: 'warning', text: 'careful' }),
      event(request, 2, { type: 'verbose', text: 'step 1' }),
      event(request, 3, { type: 'debug', text: 'x=1' }),
      event(request, 4, {
        type: 'progress',
        activity: 'copying',
        currentOperation: 'a file',
        statusDescription: 'half',
        percentComplete: 50,
        secondsRemaining: 3,
      }),
      event(request, 5, { type: 'confirm', text: 'Go on?', promptType: 'normal' }),
      event(request, 6, {
        type: 'errorAction',
        error:
          '<e:CIM_Error xmlns:e="urn:e"><e:Message>one file failed</e:Message><e:MessageID>X 1</e:MessageID><e:CIMStatusCode>2</e:CIMStatusCode></e:CIM_Error>',
        actionType: 'inquire',
      }),
      message(request, 7, output('<p:ReturnValue>0</p:ReturnValue>')),
    ];
  };

  it('reaches the functions of the caller, in order, and its answers reach the server', async () => {
    const heard: unknown[] = [];
    const server = operation(told([]));
    const session = await sessionOver(server);
    const result = await session.invokeMethod({
      ...invocation,
      onWarning: (text) => heard.push(['warning', text]),
      onVerbose: (text) => heard.push(['verbose', text]),
      onDebug: (text) => heard.push(['debug', text]),
      onProgress: (progress: CimProgress) => heard.push(['progress', progress]),
      promptUser: (prompt: CimPrompt) => {
        heard.push(['prompt', prompt]);
        return 'yesToAll';
      },
      onError: (error: CimException) => heard.push(['error', error.message]),
      answerError: async (error: CimException) => {
        heard.push(['answer', error.messageId, error.nativeErrorCode]);
        return 'no' as const;
      },
    });
    expect(result.returnValue).toBe(0);
    expect(heard).toEqual([
      ['warning', 'careful'],
      ['verbose', 'step 1'],
      ['debug', 'x=1'],
      [
        'progress',
        {
          activity: 'copying',
          currentOperation: 'a file',
          statusDescription: 'half',
          percentComplete: 50,
          secondsRemaining: 3,
        },
      ],
      ['prompt', { message: 'Go on?', promptType: 'normal', needsAnswer: true }],
      ['error', 'one file failed'],
      ['answer', 'X 1', 'AccessDenied'],
    ]);
    const responses = server.requests.filter(({ action }) => action === '/InteractiveResponse');
    expect(responses.map(({ body }) => body?.children.map(({ text }) => text))).toEqual([
      ['Confirm', 'yesToAll'],
      ['ErrorAction', 'no'],
    ]);
    const options = server.requests[0]?.options.map(({ name, value }) => `${name}=${value}`);
    expect(options?.[0]).toBe('__MI_CallbackRegistration=27');
    expect(options).toContain('wmi:__MI_OPERATIONOPTIONS_WRITEERRORMODE=1');
  });

  it.each(['promptUser', 'answerError'] as const)(
    'waits for the answer of %s as long as it takes: it is the server that waits then',
    async (asked) => {
      jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
      try {
        const answer = async () => {
          await jest.advanceTimersByTimeAsync(60_000);
          return 'yes' as const;
        };
        const server = operation(told([]));
        const session = await sessionOver(server);
        const limits = { operationTimeoutMs: 5000 };
        const result = await session.invokeMethod({ ...invocation, ...limits, [asked]: answer });
        expect(result.returnValue).toBe(0);
        const whole = session.invokeMethod({ ...invocation, timeoutMs: 5000, [asked]: answer });
        await expect(whole).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
      } finally {
        jest.useRealTimers();
      }
    },
  );

  it('is not asked for when nobody listens', async () => {
    const server = new FakeServer(() => output('<p:ReturnValue>0</p:ReturnValue>'));
    const session = await server.session();
    await session.invokeMethod(invocation);
    expect(server.asked[0]?.envelope.options.map(({ name }) => name)).toEqual(['msftwinrm:UsePreciseArrays']);
    expect(server.asked[0]?.envelope.operationId).toBeUndefined();
  });

  it('stops the operation when a function of the caller fails', async () => {
    const server = operation(told([]));
    const session = await sessionOver(server);
    const failing = session.invokeMethod({
      ...invocation,
      onWarning: () => {
        throw new RangeError('enough');
      },
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(server.actions).toContain('Cancel');
  });

  it('is heard of other operations, too', async () => {
    const warnings: string[] = [];
    const server = new ScriptedServer((request) => {
      if (/\/(?:Get|Put|Delete|Create|Enumerate)$/.test(request.action)) {
        const item = `<p:X_Lamp xmlns:p="${SCHEMA}/X_Lamp"><p:Id>1</p:Id></p:X_Lamp>`;
        const body = request.action.endsWith('Enumerate')
          ? `<n:EnumerateResponse xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><n:EnumerationContext/><w:Items>${item}</w:Items><w:EndOfSequence/></n:EnumerateResponse>`
          : request.action.endsWith('Create')
            ? `<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer">${referenceContent('X_Lamp', { Id: '1' })}</x:ResourceCreated>`
            : request.action.endsWith('Delete')
              ? ''
              : item;
        return {
          body: [event(request, 1, { type: 'warning', text: request.action.slice(-6) }), message(request, 2, body)],
        };
      }
      return EMPTY;
    });
    const session = await sessionOver(server);
    const lampClass = {
      namespace: 'root/test',
      className: 'X_Lamp',
      properties: [{ name: 'Id', type: 'uint32' as const, key: true }],
      methods: [],
    };
    const instance = CimInstance.create(lampClass, { Id: 1 });
    const hearing = { onWarning: (text: string) => warnings.push(text) };
    const reading = { ...hearing, classes: [lampClass] };
    expect(propertiesOf(await session.getInstance({ instance, ...reading }))['Id']).toBe(1);
    expect(propertiesOf(await session.modifyInstance({ instance, ...reading }))['Id']).toBe(1);
    expect(propertiesOf(await session.createInstance({ instance, ...hearing }))['Id']).toBe(1);
    await session.deleteInstance({ instance, ...hearing });
    const lamps = await all(session.enumerateInstances({ namespace: 'root/test', className: 'X_Lamp', ...reading }));
    expect(lamps.map((lamp) => propertiesOf(lamp)['Id'])).toEqual([1]);
    expect(warnings).toEqual(['er/Get', 'er/Put', 'Create', 'Delete', 'merate']);
  });
});
