import { suggestion } from '../../base/text/suggestion.js';
import { type Text, wording } from '../../base/wording.js';
import type { CmdletParameter, CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import { type EngineParameter, engineParametersOf } from './engine-parameter-definitions.js';
import { misplacedOption } from './misplaced-option.js';

/** What a name stands for: one of the cmdlet's own parameters, or one of the engine's. */
export type ResolvedParameter =
  | { readonly kind: 'own'; readonly name: string; readonly parameter: CmdletParameter }
  | { readonly kind: 'engine'; readonly name: string; readonly parameter: EngineParameter };

/** about_CommonParameters: risk mitigation parameters; a beginning that they share with others is not theirs. */
const RISK: ReadonlySet<string> = new Set(['WhatIf', 'Confirm']);

/**
 * Resolves a parameter's name as PowerShell does: without case; a name or alias in full wins; else an unambiguous beginning of a name or
 * alias, for which the common parameters, WhatIf and Confirm give way to the cmdlet's own. Gives undefined when nothing fits.
 * @throws ParameterBindingError `AmbiguousParameter`.
 */
export function findParameter(definition: CmdletSyntax, name: string): ResolvedParameter | undefined {
  const wanted = name.toLowerCase();
  if (wanted === '') return undefined;
  const spellings = spellingsOf(definition);
  const exact = spellings.get(wanted);
  if (exact !== undefined) return exact;
  const beginning = [...spellings].filter(([spelling]) => spelling.startsWith(wanted));
  const matches = [...new Set(beginning.map(([, candidate]) => candidate))];
  if (matches.length <= 1) return matches[0];
  const preferred = matches.filter(
    (match) => match.kind === 'own' || !(match.parameter.isCommon || RISK.has(match.name)),
  );
  if (preferred.length === 1) return preferred[0];
  throw new ParameterBindingError({
    cmdlet: definition,
    errorId: 'AmbiguousParameter',
    given: name,
    message: `The parameter name ${JSON.stringify(name)} is ambiguous: it is the beginning of ${matches.map((match) => match.name).join(', ')}.`,
    hint: 'Write the name in full.',
    parameters: matches.map((match) => match.name),
  });
}

/** As {@link findParameter}, but a name that fits nothing is `NamedParameterNotFound`, and one that the engine replaces by something else says so. */
export function resolveParameter(definition: CmdletSyntax, name: string): ResolvedParameter {
  const found = findParameter(definition, name);
  if (found && !(found.kind === 'engine' && found.parameter.replacement !== undefined)) return found;
  const hint = found?.kind === 'engine' ? found.parameter.replacement : nearestHint(definition, name);
  throw new ParameterBindingError({
    cmdlet: definition,
    errorId: 'NamedParameterNotFound',
    given: name,
    message: `${definition.name} has no parameter named ${JSON.stringify(found?.name ?? name)}.`,
    hint,
    parameters: [found?.name ?? name],
  });
}

/**
 * The parameter that a property's name or an alias stands for in full. A property is never taken for the beginning of a parameter: `State` must not become
 * StateSwitchInterval.
 */
export function resolveExactly(definition: CmdletSyntax, name: string): ResolvedParameter | undefined {
  const found = spellingsOf(definition).get(name.toLowerCase());
  return found?.kind === 'engine' && found.parameter.replacement !== undefined ? undefined : found;
}

const known = new WeakMap<CmdletSyntax, ReadonlyMap<string, ResolvedParameter>>();

/** Every name and alias in lower case; of two that are alike the first counts. */
function spellingsOf(definition: CmdletSyntax): ReadonlyMap<string, ResolvedParameter> {
  const remembered = known.get(definition);
  if (remembered !== undefined) return remembered;
  const spellings = new Map<string, ResolvedParameter>();
  for (const candidate of candidates(definition)) {
    for (const spelling of [candidate.name, ...candidate.parameter.aliases]) {
      const lower = spelling.toLowerCase();
      if (!spellings.has(lower)) spellings.set(lower, candidate);
    }
  }
  known.set(definition, spellings);
  return spellings;
}

function* candidates(definition: CmdletSyntax): Generator<ResolvedParameter> {
  for (const parameter of definition.parameters) yield { kind: 'own', name: parameter.name, parameter };
  for (const parameter of engineParametersOf(definition)) yield { kind: 'engine', name: parameter.name, parameter };
}

/** What is meant by a name that is often written and no parameter; undefined for others. */
export function meantBy({ meant = {} }: CmdletSyntax, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.hasOwn(meant, wanted) ? meant[wanted] : undefined;
}

function nearestHint(definition: CmdletSyntax, name: string): Text {
  const meant = meantBy(definition, name);
  if (meant !== undefined) return meant;
  const names = definition.parameters.map((parameter) => parameter.name);
  const all = [...names, ...engineParametersOf(definition).map((parameter) => parameter.name)];
  const nearest = suggestion(name, all);
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  return wording`${misplacedOption(definition.name, name) ?? ''}Its own parameters are ${names.join(', ')}.`;
}
