import { hasWildcard } from '../../cmdlet/convert/wildcard.js';
import { LanguageError } from '../values/language-error.js';
import { itemsOf, type LineValue } from '../values/line-value.js';
import { namedMember } from '../values/members.js';
import { calledByName } from '../values/methods.js';
import { blockItems, isBlock, propertiesLike } from './item-expression.js';
import { commandClass, type StageContext, type StageDefinition } from './stage.js';

export const FOR_EACH_OBJECT: StageDefinition = {
  name: 'ForEach-Object',
  aliases: ['foreach', '%'],
  parameters: { MemberName: 'text', Process: 'block' },
  positional: ['MemberName'],
  prepare: (call) => {
    const block = call.value('Process');
    const [name, more] = call.texts('MemberName') ?? [];
    if (
      more !== undefined ||
      (name === undefined) === (block === undefined) ||
      (block !== undefined && !isBlock(block))
    ) {
      throw call.refusal(
        'it takes one property, or one script block',
        'Write ForEach-Object Name, or ForEach-Object { $_.Name }.',
      );
    }
    return async function* (input, context) {
      for await (const item of input) {
        try {
          if (isBlock(block)) yield* blockItems(block, item, context.scope);
          else yield* itemsOf(member(item, name ?? '', context));
        } catch (error) {
          if (!(error instanceof LanguageError)) throw error;
          context.report(error, error.id, item);
        }
      }
    };
  },
};

/** The member of an item, arrays unrolled; null where there is none. */
function member(item: LineValue, name: string, context: StageContext): LineValue {
  if (!hasWildcard(name)) return namedMember(item, name) ?? calledByName(item, name) ?? null;
  const names = propertiesLike(item, name);
  const [only, ...more] = names;
  if (more.length === 0) return only === undefined ? null : (namedMember(item, only) ?? null);
  const error = new LanguageError(
    'AmbiguousPropertyOrMethodName',
    `"${name}" is ambiguous: it fits ${names.join(', ')}.`,
    'Write the name in full.',
  );
  context.report(error, `${error.id},${commandClass('ForEach-Object')}`, item);
  return [];
}
