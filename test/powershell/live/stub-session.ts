// A session to a server that answers every method with the same objects, as the stub of the cmdlets in PowerShell does.
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimMethodResult } from '../../../lib/cim/value/cim-method-result.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimPropertyDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import type { CmdletSession, MethodInvocation } from '../../../lib/cmdlet/contract/cmdlet-session.js';
import { type StubClass, type StubValue, stubClasses } from '../stub/stub-objects.js';

const TEXTS = ['10.1.0.1', '10.1.0.2'];

/** What each class's objects are; made once, since they are many. */
export class StubServers {
  readonly #classes = new Map<string, StubClass>(stubClasses().map((one) => [one.className, one]));

  readonly #sent: (request: MethodInvocation) => void;

  /** `sent` is told of every request. */
  constructor(sent: (request: MethodInvocation) => void = () => {}) {
    this.#sent = sent;
  }

  /** A session to any computer. */
  readonly open = (computerName: string): Promise<CmdletSession> =>
    Promise.resolve({
      computerName,
      invokeMethod: (request: MethodInvocation) => {
        this.#sent(request);
        return Promise.resolve(this.#answer(request));
      },
      close: () => Promise.resolve(),
    });

  #answer({ method, parameters, outputClasses }: MethodInvocation): CimMethodResult {
    const output = method.parameters.find(({ direction }) => direction !== 'in');
    const isReader = /^(?:Get|Enumerate)/i.test(method.name) || output?.type === 'string';
    const gives =
      output !== undefined &&
      (isReader || Object.entries(parameters).some(([name, value]) => /^passthru$/i.test(name) && value === true));
    const [outputClass] = outputClasses;
    if (!gives) return { returnValue: 0, outParameters: {} };
    const values = output.type === 'string' ? TEXTS : this.#instances(outputClass?.className ?? '');
    return { returnValue: 0, outParameters: { [output.name]: values } };
  }

  #instances(className: string): CimInstance[] {
    const found = this.#classes.get(className);
    if (found === undefined) return [];
    const { declaration, objects } = found;
    return objects.map((values) => {
      const properties = declaration.properties.map((property) => [
        property.name,
        cimValue(property, values[property.name] ?? null),
      ]);
      return CimInstance.create(declaration, Object.fromEntries(properties), { computerName: 'localhost' });
    });
  }
}

function cimValue(property: CimPropertyDeclaration, value: StubValue): CimValue {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((element) => cimValue(property, element)) as CimValue;
  if (property.type === 'datetime' && typeof value === 'string')
    return property.interval === true ? TimeSpan.parse(value) : CimDateTime.from(new Date(value));
  return (property.type === 'uint64' || property.type === 'sint64') && typeof value === 'number'
    ? BigInt(value)
    : (value as CimValue);
}
