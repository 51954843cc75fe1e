// The cmdlets as the CDXML files declare them, read with an XML reader that is not ours: what the stub module's functions are made of.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DOMParser, type Element } from '@xmldom/xmldom';

const SCHEMAS = resolve(__dirname, '../../../schemas/dhcp-server');

export interface DeclaredParameter {
  readonly name: string;
  /** .NET's name, e.g. `System.Net.IPAddress[]`. */
  readonly type: string;
  readonly aliases: readonly string[];
  /** `AllowNull`, `ValidateNotNullOrEmpty`, … */
  readonly attributes: readonly string[];
  readonly range?: readonly [string, string];
  readonly values: readonly string[];
  readonly memberships: readonly DeclaredMembership[];
}

export interface DeclaredMembership {
  /** Undefined for the only set. */
  readonly set: string | undefined;
  readonly mandatory: boolean;
  readonly position?: number;
  readonly byName: boolean;
}

export interface DeclaredCmdlet {
  readonly name: string;
  readonly verb: string;
  readonly noun: string;
  readonly impact: string | undefined;
  readonly sets: readonly string[];
  readonly defaultSet: string | undefined;
  readonly parameters: readonly DeclaredParameter[];
  /** Class of what comes out; `String` for texts; undefined for nothing. */
  readonly output: string | undefined;
}

/** All cmdlets of the DhcpServer module, by their files' order. */
export function declaredCmdlets(): DeclaredCmdlet[] {
  return readdirSync(SCHEMAS)
    .filter((file) => file.endsWith('.cdxml'))
    .sort()
    .flatMap((file) => {
      const document = new DOMParser().parseFromString(readFileSync(join(SCHEMAS, file), 'utf8'), 'text/xml');
      return elements(document.documentElement, 'Cmdlet').map(cmdletOf);
    });
}

function cmdletOf(element: Element): DeclaredCmdlet {
  const [metadata] = elements(element, 'CmdletMetadata');
  const methods = elements(element, 'Method');
  const sets = methods.map((method) => method.getAttribute('CmdletParameterSet')).filter((set) => set !== null);
  const verb = metadata?.getAttribute('Verb') ?? '';
  const noun = metadata?.getAttribute('Noun') ?? '';
  const parameters = new Map<string, DeclaredParameter>();
  for (const method of methods) {
    const set = method.getAttribute('CmdletParameterSet') ?? undefined;
    for (const parameter of elements(method, 'Parameter')) {
      const declared = parameterOf(parameter, set);
      if (declared === undefined) continue;
      const known = parameters.get(declared.name.toLowerCase());
      const memberships = [...(known?.memberships ?? []), ...declared.memberships];
      parameters.set(declared.name.toLowerCase(), { ...declared, memberships });
    }
  }
  return {
    name: `${verb}-${noun}`,
    verb,
    noun,
    impact: metadata?.getAttribute('ConfirmImpact') ?? undefined,
    sets,
    defaultSet: metadata?.getAttribute('DefaultCmdletParameterSet') ?? sets[0],
    parameters: [...parameters.values()],
    output: outputOf(methods[0]),
  };
}

function outputOf(method: Element | undefined): string | undefined {
  const found = elements(method, 'Parameter').find(
    (parameter) => elements(parameter, 'CmdletOutputMetadata').length > 0,
  );
  const [type] = elements(found, 'Type');
  if (type === undefined) return undefined;
  return type.getAttribute('ETSType')?.replace(/^.*\//, '').replace(/\[\]$/, '') ?? 'String';
}

function parameterOf(element: Element, set: string | undefined): DeclaredParameter | undefined {
  const [metadata] = elements(element, 'CmdletParameterMetadata');
  const [type] = elements(element, 'Type');
  if (metadata === undefined || type === undefined) return undefined;
  const [range] = elements(metadata, 'ValidateRange');
  const position = metadata.getAttribute('Position');
  return {
    name: metadata.getAttribute('PSName') ?? element.getAttribute('ParameterName') ?? '',
    type: type.getAttribute('PSType') ?? '',
    aliases: (metadata.getAttribute('Aliases') ?? '').split(/[\s,]+/).filter((alias) => alias !== ''),
    attributes: [
      'AllowNull',
      'AllowEmptyString',
      'AllowEmptyCollection',
      'ValidateNotNull',
      'ValidateNotNullOrEmpty',
    ].filter((name) => elements(metadata, name).length > 0),
    values: elements(metadata, 'AllowedValue').map(({ textContent }) => textContent ?? ''),
    ...(range === undefined
      ? {}
      : { range: [range.getAttribute('Min') ?? '', range.getAttribute('Max') ?? ''] as const }),
    memberships: [
      {
        set,
        mandatory: metadata.getAttribute('IsMandatory') === 'true',
        ...(position === null ? {} : { position: Number(position) }),
        byName: metadata.getAttribute('ValueFromPipelineByPropertyName') === 'true',
      },
    ],
  };
}

function elements(parent: Element | null | undefined, name: string): Element[] {
  return parent === null || parent === undefined ? [] : [...parent.getElementsByTagName(name)];
}
