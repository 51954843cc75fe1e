// Whose result it is, is what was asked: a server cannot speak for another computer.
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimClassDeclaration } from '../../lib/cim/value/class-declaration.js';
import { isOutputObject } from '../../lib/cli/values/line-value.js';
import { propertyValue } from '../../lib/cli/values/property-value.js';
import { valueText } from '../../lib/cli/values/value-text.js';
import { defaultView } from '../../lib/cli/views/default-view.js';
import { toOutputItem } from '../../lib/cli/views/from-result.js';
import { convertToJson, jsonLine } from '../../lib/cli/views/json.js';
import { allRows } from '../../lib/cli/views/list.js';
import { propertiesOf } from '../support/values-of.js';

const ASKED = 'evil.contoso.com';
const CLAIMED = 'trusted.contoso.com';
const name = { name: 'Name', type: 'string' } as const;
const plain: CimClassDeclaration = { className: 'X', namespace: 'root', methods: [], properties: [name] };

describe.each(['PSComputerName', 'pscomputername', 'PSCOMPUTERNAME'])('a property %s of a server', (property) => {
  const received = [
    ['undeclared', plain],
    ['declared', { ...plain, properties: [name, { name: property, type: 'string' }] }],
  ] as const;

  it.each(received)('that is %s does not say whose result it is', async (_, declaration) => {
    const extra = { declaration: { name: property, type: 'string' } as const, value: CLAIMED };
    const slots = declaration.properties.map((one) => (one.name === 'Name' ? 'a' : CLAIMED));
    const instance = CimInstance.fromSlots(
      declaration,
      slots,
      { computerName: ASKED },
      declaration === plain ? [extra] : [],
    );
    expect(instance.PSComputerName).toBe(ASKED);
    expect(propertiesOf(instance)['PSComputerName']).toBe(ASKED);
    expect(JSON.parse(JSON.stringify(instance))).toMatchObject({ Name: 'a', PSComputerName: ASKED });
    expect(instance.cimInstanceProperties.get('PSComputerName')?.value).toBe(CLAIMED);

    for (const showsComputer of [true, false]) {
      const item = toOutputItem(instance, showsComputer);
      if (item === null || !isOutputObject(item)) throw new Error('no object');
      for (const asked of ['PSComputerName', 'pscomputername'])
        expect(valueText(propertyValue(item, asked) ?? null)).toBe(ASKED);
      const lines: string[] = [];
      for await (const line of defaultView(
        (async function* () {
          yield item;
        })(),
      ))
        lines.push(line);
      const texts = [
        lines.join('\n'),
        jsonLine(item),
        convertToJson([item], { compress: false, asArray: false }),
        JSON.stringify(allRows(item)),
      ];
      for (const text of texts) expect(text).not.toContain(CLAIMED);
      for (const text of texts.slice(1)) expect(text).toContain(ASKED);
    }
  });
});
