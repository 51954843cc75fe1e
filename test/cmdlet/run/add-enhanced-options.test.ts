// What a server tells and asks while a cmdlet's method runs (MS-WSMV 3.2.7), and what it is told of the caller's preferences.
import { describe, expect, it, jest } from '@jest/globals';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import type {
  CimMethodFinalResult,
  CimMethodResult,
  CimMethodStreamedResult,
} from '../../../lib/cim/value/cim-method-result.js';
import type { MethodInvocation } from '../../../lib/cmdlet/contract/cmdlet-session.js';
import type { ConfirmationAnswer, ConfirmationPrompt } from '../../../lib/cmdlet/contract/host.js';
import type { InvocationOptions } from '../../../lib/cmdlet/contract/invocation-options.js';
import type { ProgressEvent } from '../../../lib/cmdlet/contract/streams.js';
import { invokeCmdlet, invokeCmdletAsJob } from '../../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getFailover, removeFailover } from '../definitions.js';
import { FakeSession } from '../fake-session.js';
import { rejectionOf } from '../thrown-by.js';

type Part = CimMethodStreamedResult | CimMethodFinalResult;
type Serve = (request: MethodInvocation) => AsyncGenerator<Part>;

/** A session whose server talks. */
class TalkingSession extends FakeSession {
  readonly talks: MethodInvocation[] = [];
  readonly #serve: Serve;

  constructor(computerName: string, serve: Serve) {
    super(computerName);
    this.#serve = serve;
  }

  override async invokeMethod(request: MethodInvocation): Promise<CimMethodResult> {
    if (request.onOutput === undefined) return super.invokeMethod(request);
    this.talks.push(request);
    for await (const part of this.#serve(request)) {
      if (part.type === 'final') return part;
      await request.onOutput(part);
    }
    throw new Error('The server ended without a result.');
  }
}

const final = (output: string[] = []): Part => ({
  type: 'final',
  returnValue: 0,
  outParameters: { cmdletOutput: output },
});

const item = (itemValue: string): Part => ({
  type: 'item',
  parameterName: 'cmdletOutput',
  itemValue,
  itemType: 'string',
});

const quiet: Serve = async function* () {
  yield final();
};

function get(serve: Serve, parameters: Record<string, unknown> = {}, options: InvocationOptions = {}) {
  const session = new TalkingSession('dhcp1', serve);
  return { session, result: invokeCmdlet<string>(getFailover, { CimSession: session, ...parameters }, options) };
}

function host(...answers: ConfirmationAnswer[]) {
  const prompts: ConfirmationPrompt[] = [];
  return {
    prompts,
    confirm: (prompt: ConfirmationPrompt) => {
      prompts.push(prompt);
      return answers[prompts.length - 1] ?? 'yes';
    },
  };
}

describe('what the server is told', () => {
  const listeners = { onWarning: () => {}, onVerbose: () => {}, onDebug: () => {}, onProgress: () => {} };

  it.each([
    [{}, {}, [], { writeErrorMode: 'report', promptUserMode: 'ignore', promptUserAnswer: true }],
    [{}, listeners, ['onWarning', 'onProgress'], { promptUserMode: 'ignore' }],
    [
      { Verbose: true, Debug: true },
      listeners,
      ['onWarning', 'onVerbose', 'onDebug', 'onProgress'],
      { promptUserMode: 'report' },
    ],
    [{ WarningAction: 'SilentlyContinue' }, listeners, ['onProgress'], {}],
    [{ ErrorAction: 'Stop' }, {}, ['answerError'], { writeErrorMode: 'inquire' }],
    [{ ErrorAction: 'Continue' }, {}, [], { writeErrorMode: 'report' }],
  ])('of %j', async (parameters, options, names, modes) => {
    const { session, result } = get(quiet, parameters, options);
    await result;
    const [request] = session.talks;
    const wanted = ['onWarning', 'onVerbose', 'onDebug', 'onProgress', 'answerError'].filter(
      (name) => request?.[name as keyof MethodInvocation] !== undefined,
    );
    expect(wanted.sort()).toEqual([...names].sort());
    expect(request).toMatchObject({ ...modes, onError: expect.any(Function), promptUser: expect.any(Function) });
  });

  it('that PowerShell’s cmdlet calls', async () => {
    const { session, result } = get(quiet);
    await result;
    expect(session.talks[0]?.customOptions).toEqual({
      MI_OPERATIONOPTIONS_PROVIDERVERSION: getFailover.classVersion,
      MI_OPERATIONOPTIONS_POWERSHELL_MODULEVERSION: getFailover.moduleVersion,
      MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME: 'Get-DhcpServerv4Failover',
      MI_OPERATIONOPTIONS_POWERSHELL_COMPUTERNAME: 'dhcp1',
    });
  });

  it('nothing, with enhanced: false and by a session that cannot', async () => {
    const { session, result } = get(quiet, {}, { enhanced: false });
    await result;
    expect([session.talks.length, session.requests.length]).toEqual([0, 1]);
    expect(session.requests[0]).not.toHaveProperty('onError');
  });

  it('that normal questions are to be asked, where the cmdlet itself had to ask', async () => {
    const session = new TalkingSession('dhcp1', quiet);
    const asked = host('yes', 'yes');
    await invokeCmdlet(removeFailover, { CimSession: session, Name: 'x', Confirm: true }, { host: asked });
    expect(session.talks[0]).toMatchObject({ promptUserMode: 'inquire' });
    expect(session.talks[0]).not.toHaveProperty('promptUserAnswer');
  });
});

describe('what the server tells', () => {
  it('goes to the streams, with the computer’s name', async () => {
    const texts: string[] = [];
    const progress: ProgressEvent[] = [];
    const { result } = get(
      async function* ({ onWarning, onVerbose, onDebug, onProgress }) {
        onWarning?.('w');
        onVerbose?.('v');
        onDebug?.('d');
        onProgress?.({
          activity: 'Copying',
          currentOperation: 'scope 1',
          statusDescription: '',
          percentComplete: 50,
          secondsRemaining: undefined,
        });
        yield final();
      },
      { Verbose: true, Debug: true },
      {
        onWarning: ({ text }) => texts.push(`warning ${text}`),
        onVerbose: ({ text }) => texts.push(`verbose ${text}`),
        onDebug: ({ text }) => texts.push(`debug ${text}`),
        onProgress: (event) => progress.push(event),
      },
    );
    await result;
    expect(texts).toEqual(expect.arrayContaining(['warning dhcp1: w', 'verbose dhcp1: v', 'debug dhcp1: d']));
    expect(progress[0]).toMatchObject({
      activity: 'dhcp1: Copying',
      computerName: 'dhcp1',
      completed: 0,
      operation: { percentComplete: 50, currentOperation: 'scope 1' },
    });
  });

  it('streamed values are results while it works, and are not given twice', async () => {
    let served = 0;
    const { result } = get(async function* () {
      for (const name of ['a', 'b']) {
        served += 1;
        yield item(name);
      }
      yield { type: 'final', returnValue: 0, outParameters: {} };
    });
    const seen: [string, number][] = [];
    for await (const value of result) seen.push([value, served]);
    expect(seen.map(([value]) => value)).toEqual(['a', 'b']);
  });

  it('an error of one item is a record, and the other results come', async () => {
    const { result } = get(async function* ({ onError }) {
      yield item('a');
      onError?.(new CimException('The item is bad.', { nativeErrorCode: 'NotFound', messageId: 'DHCP 1' }));
      yield item('b');
      yield final();
    });
    const error = (await rejectionOf(result)) as CmdletError<string>;
    expect(error.output).toEqual(['a', 'b']);
    expect(error.errors.map((record) => record.fullyQualifiedErrorId)).toEqual(['DHCP 1,Get-DhcpServerv4Failover']);
  });

  it.each(['Continue', 'SilentlyContinue', 'Ignore'] as const)(
    'with %s such an error still counts: the call had errors, and its target failed',
    async (ErrorAction) => {
      const serve: Serve = async function* ({ onError }) {
        onError?.(new CimException('The item is bad.', { nativeErrorCode: 'NotFound' }));
        yield final(['a']);
      };
      const progress: ProgressEvent[] = [];
      const { session, result } = get(serve, { ErrorAction }, { onProgress: (event) => progress.push(event) });
      expect(await result).toEqual(['a']);
      expect(result.hadErrors).toBe(true);
      expect(result.errors).toHaveLength(ErrorAction === 'Ignore' ? 0 : 1);
      expect(progress.at(-1)).toMatchObject({ completed: 1, failed: 1 });
      const job = invokeCmdletAsJob(getFailover, { CimSession: session, AsJob: true, ErrorAction });
      expect(await job.wait()).toBe('Failed');
      expect(job.childJobs.map(({ state }) => state)).toEqual(['Failed']);
    },
  );

  it.each([
    ['Stop', [], 'no'],
    ['Inquire', ['yes'], 'yes'],
    ['Inquire', ['no'], 'no'],
  ] as const)('with ErrorAction %s and %j the server hears %s', async (ErrorAction, answers, expected) => {
    let heard: unknown;
    const { result } = get(
      async function* ({ onError, answerError }) {
        const error = new CimException('bad', { nativeErrorCode: 'NotFound' });
        onError?.(error);
        heard = await answerError?.(error);
        yield final();
      },
      { ErrorAction },
      { host: host(...answers) },
    );
    await Promise.resolve(result).catch(() => {});
    expect(heard).toBe(expected);
  });
});

describe('what the server asks', () => {
  const asking = (promptType: 'normal' | 'critical', heard: unknown[]): Serve =>
    async function* ({ promptUser }) {
      heard.push(await promptUser?.({ message: 'Sure?', promptType, needsAnswer: true }));
      yield final();
    };

  it('critical questions go to the host, whatever the preference', async () => {
    const heard: unknown[] = [];
    const asked = host('no');
    const { result } = get(asking('critical', heard), {}, { host: asked, confirmPreference: 'None' });
    await result;
    expect(heard).toEqual(['no']);
    expect(asked.prompts).toMatchObject([
      {
        kind: 'critical',
        fromServer: true,
        message: 'dhcp1: Sure?',
        cmdlet: 'Get-DhcpServerv4Failover',
        computerName: 'dhcp1',
      },
    ]);
  });

  it('and stop the operation where there is none', async () => {
    const heard: unknown[] = [];
    const { result } = get(asking('critical', heard));
    expect(await rejectionOf(result)).toMatchObject({
      errors: [{ exception: { code: 'ERR_CONFIRMATION_REQUIRED', message: expect.stringContaining('Sure?') } }],
    });
    expect(heard).toEqual([]);
  });

  describe('and was approved already, where Force says more than yes', () => {
    /** Asks critical questions in turn, on a server of each name. */
    const removal = (
      questions: readonly string[],
      parameters: Record<string, unknown> = {},
      options: InvocationOptions = {},
      names = ['dhcp1'],
    ) => {
      const heard: unknown[] = [];
      const sessions = names.map(
        (name) =>
          new TalkingSession(name, async function* ({ promptUser }) {
            for (const message of questions) {
              heard.push(await promptUser?.({ message, promptType: 'critical', needsAnswer: true }));
            }
            yield final();
          }),
      );
      const result = invokeCmdlet(removeFailover, { CimSession: sessions, Name: 'x', ...parameters }, options);
      return { heard, sessions, result };
    };

    it('the host is asked once, before anything is sent', async () => {
      const asked = host('yes');
      const { heard, sessions, result } = removal(['Delete x?'], {}, { host: asked });
      await result;
      expect(heard).toEqual(['yes']);
      expect(asked.prompts).toHaveLength(1);
      expect(asked.prompts[0]).not.toHaveProperty('fromServer');
      expect(sessions[0]?.talks[0]?.parameters).toEqual({ Name: ['x'] });
    });

    it('Confirm: false answers the first question; another one stops the operation', async () => {
      const { heard, result } = removal(['Delete x?', 'The partner is away. Go on?'], { Confirm: false });
      expect(await rejectionOf(result)).toMatchObject({
        errors: [{ exception: { code: 'ERR_CONFIRMATION_REQUIRED', message: expect.stringContaining('is away') } }],
      });
      expect(heard).toEqual(['yes']);
    });

    it('another question goes to the host, and so does the same one again', async () => {
      const asked = host('yes', 'no', 'no');
      const { heard, result } = removal(['Delete x?', 'The partner is away. Go on?', 'Delete x?'], {}, { host: asked });
      await result;
      expect(heard).toEqual(['yes', 'no', 'no']);
      expect(asked.prompts.map(({ fromServer, message }) => fromServer === true && message)).toEqual([
        false,
        'dhcp1: The partner is away. Go on?',
        'dhcp1: Delete x?',
      ]);
    });

    it('the same question about each of several items is answered once for each', async () => {
      const Name = ['r', 'r (1)', 'Berlin'];
      const questions = ['Delete r?', 'Delete R (1)?', 'r (1) has no partner. Go on?', 'Delete Berlin?', 'Delete r?'];
      const asked = host('yes', 'no', 'no');
      const { heard, result } = removal(questions, { Name }, { host: asked });
      await result;
      expect(heard).toEqual(['yes', 'yes', 'no', 'yes', 'no']);
      expect(asked.prompts.slice(1).map(({ message }) => message)).toEqual([
        'dhcp1: r (1) has no partner. Go on?',
        'dhcp1: Delete r?',
      ]);
    });

    it('Yes to All approves for every server, and each hears yes to its first question alone', async () => {
      const asked = host('yesToAll');
      const { heard, result } = removal(['Delete x?'], {}, { host: asked }, ['a', 'b', 'c']);
      await result;
      expect([heard, asked.prompts.length]).toEqual([['yes', 'yes', 'yes'], 1]);
    });

    it('No to All reaches no server', async () => {
      const { heard, sessions, result } = removal(['Delete x?'], {}, { host: host('noToAll') }, ['a', 'b']);
      await result;
      expect([heard, sessions.map(({ talks }) => talks.length)]).toEqual([[], [0, 0]]);
    });

    it('a call with Force of its own approves nothing that a server still asks', async () => {
      const asked = host('no');
      const { heard, sessions, result } = removal(['Delete x?'], { Force: true }, { host: asked });
      await result;
      expect(heard).toEqual(['no']);
      expect(asked.prompts).toMatchObject([{ fromServer: true }]);
      expect(sessions[0]?.talks[0]?.parameters).toEqual({ Name: ['x'], Force: true });
    });

    it('Verbose tells what was answered', async () => {
      const said: string[] = [];
      const onVerbose = ({ text }: { text: string }) => said.push(text);
      await removal(['Delete x?'], { Confirm: false, Verbose: true }, { onVerbose }).result;
      expect(said).toContain('dhcp1: Delete x?');
    });
  });

  it('normal ones are yes where the preference does not ask', async () => {
    const heard: unknown[] = [];
    const asked = host('no');
    await get(asking('normal', heard), {}, { host: asked }).result;
    expect([heard, asked.prompts]).toEqual([['yes'], []]);
  });

  it('Yes to All of a critical question is the one server’s; another server’s is asked', async () => {
    const heard: unknown[] = [];
    const asked = host('yesToAll', 'no');
    const sessions = ['a', 'b'].map((name) => new TalkingSession(name, asking('critical', heard)));
    await invokeCmdlet(getFailover, { CimSession: sessions, ThrottleLimit: 1 }, { host: asked });
    expect(heard).toEqual(['yesToAll', 'no']);
    expect(asked.prompts.map(({ computerName }) => computerName)).toEqual(['a', 'b']);
  });

  it('questions of several servers come one at a time', async () => {
    let open = 0;
    let most = 0;
    const heard: unknown[] = [];
    const sessions = ['a', 'b', 'c'].map((name) => new TalkingSession(name, asking('critical', heard)));
    const confirm = async (): Promise<ConfirmationAnswer> => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return 'yes';
    };
    await invokeCmdlet(getFailover, { CimSession: sessions }, { host: { confirm } });
    expect([heard, most]).toEqual([['yes', 'yes', 'yes'], 1]);
  });

  it('a question whose turn comes when the call is over is not asked any more', async () => {
    const heard: unknown[] = [];
    const abort = new AbortController();
    const confirm = jest.fn(async (): Promise<ConfirmationAnswer> => {
      await new Promise((resolve) => setImmediate(resolve));
      abort.abort();
      return 'yes';
    });
    const sessions = ['a', 'b'].map((name) => new TalkingSession(name, asking('critical', heard)));
    const result = invokeCmdlet(getFailover, { CimSession: sessions }, { host: { confirm }, signal: abort.signal });
    expect(await rejectionOf(result)).toMatchObject({ code: 'ERR_ABORTED' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(confirm).toHaveBeenCalledTimes(1);
  });

  it('a host that fails over an error ends the call: it is asked once, and its failure is no error of the target', async () => {
    const failure = new Error('gone');
    let asked = 0;
    const confirm = (): Promise<ConfirmationAnswer> => {
      asked += 1;
      return Promise.reject(failure);
    };
    const serve: Serve = async function* ({ onError }) {
      for (const text of ['first', 'second']) onError?.(new CimException(text, { nativeErrorCode: 'NotFound' }));
      yield final();
    };
    const { result } = get(serve, { ErrorAction: 'Inquire' }, { host: { confirm } });
    const error = (await rejectionOf(result)) as CmdletError;
    expect(error.cause).toBe(failure);
    expect(error.errors.map(({ message }) => message)).toEqual(['first', 'second']);
    expect(asked).toBe(1);
  });

  it('a listener that fails at the first error of a server keeps no later one back', async () => {
    const failure = new Error('listener');
    const serve: Serve = async function* ({ onError }) {
      for (const text of ['first', 'second']) onError?.(new CimException(text, { nativeErrorCode: 'NotFound' }));
      yield final();
    };
    const onError = () => {
      throw failure;
    };
    const error = (await rejectionOf(get(serve, {}, { onError }).result)) as CmdletError;
    expect(error.cause).toBe(failure);
    expect(error.errors.map(({ message }) => message)).toEqual(['first', 'second']);
  });

  it('a host that fails ends the call', async () => {
    const failure = new Error('gone');
    const { result } = get(asking('critical', []), {}, { host: { confirm: () => Promise.reject(failure) } });
    expect(await rejectionOf(result)).toMatchObject({ cause: failure, errors: [] });
  });
});
