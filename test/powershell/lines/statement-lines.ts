// Lines of several statements: variables, splatting, sub-expressions, chains.
import type { DeclaredCmdlet } from '../stub/cdxml-cmdlets.js';
import { cmdletCall } from './cmdlet-lines.js';
import type { Random } from './random.js';
import { comparisonLine, type Source } from './stage-lines.js';
import { expressionValue, fittingValue } from './value-texts.js';

export function statementLine(random: Random, cmdlets: readonly DeclaredCmdlet[], sources: readonly Source[]): string {
  const source = random.pick(sources);
  const property = random.pick(source.stubClass.properties).name;
  const target = random.pick(cmdlets);
  const parameter = random.pick(target.parameters);
  switch (random.below(14)) {
    case 0:
      return `$x = ${expressionValue(random)}; ${target.name} -${parameter.name} $x`;
    case 1:
      return `$x = ${source.name}; $x.${property}`;
    case 2:
      return `$x = ${source.name} | select -First 1; ${target.name} -${parameter.name} $x.${property}`;
    case 3:
      return `$p = @{ ${parameter.name} = ${expressionValue(random)} }; ${target.name} @p`;
    case 4:
      return `(${source.name})${random.pick(['', '[0]', '[-1]', '[9]'])}.${property}`;
    case 5:
      return `@(${source.name}).${random.pick(['Count', 'Length', property])}`;
    case 6:
      return `${source.name} | Out-Null ${random.pick(['&&', '||', ';'])} ${comparisonLine(random, source)}`;
    case 7:
      return `$x = ${expressionValue(random)}, ${expressionValue(random)}; $x${random.pick(['', '[0]', '[1]', '.Count', '[-1]', ' -join ","'])}`;
    case 8:
      return `"$(${source.name} | select -First 1 | % ${property})"`;
    case 9:
      return `$x = ${expressionValue(random)}; "${random.pick(['a', '', '['])}$x${random.pick(['b', '', '.', ']', ':', '.Length', '[0]'])}"`;
    case 10:
      return `${target.name} -${parameter.name} (${source.name} | select -First 1 | % ${property})`;
    case 11:
      return `${cmdletCall(random, target, 6)}; ${source.name} | measure | % Count`;
    case 12:
      return `$x = @{ ${parameter.name} = ${fittingValue(random, parameter).replace(/^[a-z].*/i, "'x'")} }; $x.${parameter.name}`;
    default:
      return `${expressionValue(random)} | ${random.pick(['select Length', '% { $_ }', 'Write-Output', 'sort', 'measure | % Count', 'where { $_ -gt 1 }', '% { "$_" }'])}`;
  }
}
