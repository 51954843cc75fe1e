import type { CimClassDeclaration } from '../cim/value/class-declaration.js';
import type { ViewDefinition } from '../cli/views/view.js';
import { escapedXml } from './powershell-text.js';

/** A class with how PowerShell shows it. */
export interface ShownClass {
  readonly declaration: Pick<CimClassDeclaration, 'namespace' | 'className'>;
  readonly definition: ViewDefinition;
}

const CIM = 'Microsoft.Management.Infrastructure';

/** The views of all classes, of sessions and of classes as objects: a file of the form that Update-FormatData takes. */
export function formatText(shown: readonly ShownClass[]): string {
  const views = [
    ...shown.map(({ declaration, definition }) =>
      viewText(
        declaration.className,
        `${CIM}.CimInstance#${declaration.namespace}/${declaration.className}`,
        definition.view,
      ),
    ),
    viewText('CimSession', `${CIM}.CimSession`, {
      kind: 'list',
      properties: ['Id', 'Name', 'InstanceId', 'ComputerName', 'Protocol'],
    }),
    viewText('CimClass', `${CIM}.CimClass`, {
      kind: 'table',
      columns: [
        { property: 'CimClassName', width: 35 },
        { property: 'CimClassMethods', width: 20 },
        { property: 'CimClassProperties' },
      ],
      groupBy: { property: 'CimSystemProperties.Namespace', label: 'NameSpace' },
    }),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>\n<Configuration>\n<ViewDefinitions>\n${views.join('\n')}\n</ViewDefinitions>\n</Configuration>\n`;
}

function viewText(name: string, typeName: string, view: ViewDefinition['view']): string {
  const selected = `<Name>${name}</Name><ViewSelectedBy><TypeName>${escapedXml(typeName)}</TypeName></ViewSelectedBy>`;
  if (view.kind === 'list') {
    const items = view.properties.map((property) => {
      const label = view.labels?.[property];
      return `<ListItem>${label === undefined ? '' : `<Label>${escapedXml(label)}</Label>`}${propertyText(property)}</ListItem>`;
    });
    return `<View>${selected}<ListControl><ListEntries><ListEntry><ListItems>${items.join('')}</ListItems></ListEntry></ListEntries></ListControl></View>`;
  }
  const { columns, groupBy } = view;
  const headers = columns.map(
    ({ property, width }) =>
      `<TableColumnHeader><Label>${escapedXml(property)}</Label>${width === undefined ? '' : `<Width>${width}</Width>`}<Alignment>Left</Alignment></TableColumnHeader>`,
  );
  const cells = columns.map(({ property }) => `<TableColumnItem>${cellText(property)}</TableColumnItem>`);
  const group =
    groupBy === undefined
      ? ''
      : `<GroupBy><ScriptBlock>$_.${groupBy.property}</ScriptBlock><Label>${escapedXml(groupBy.label)}</Label></GroupBy>`;
  return `<View>${selected}${group}<TableControl><TableHeaders>${headers.join('')}</TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>${cells.join('')}</TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View>`;
}

const propertyText = (property: string): string => `<PropertyName>${escapedXml(property)}</PropertyName>`;

/** A list of named things is shown by its names, as Windows' own view does. */
function cellText(property: string): string {
  return /^CimClass(?:Methods|Properties)$/.test(property)
    ? `<ScriptBlock>'{' + (@($_.${property} | Select-Object -First 5 | ForEach-Object Name) -join ', ') + (@($_.${property}).Count -gt 5 ? '...}' : '}')</ScriptBlock>`
    : propertyText(property);
}
