import { wording } from '../../base/wording.js';
import { OperationError } from '../../cmdlet/contract/operation-error.js';

/** The file is not an export, or is damaged. The path says where: `DHCPServer/IPv4/Scopes/Scope[2]/StartRange`. */
export function notAnExport(file: string, problem: string, cause?: unknown): OperationError {
  return new OperationError('ERR_XML', `${file} is not an export of a DHCP server: ${problem}`, {
    // PowerShell's script throws with its defaults.
    errorId: 'InvalidOperation',
    errorCategory: 'InvalidOperation',
    targetName: file,
    cause,
    hint: 'Nothing was changed. Give a file that Export-DhcpServer has written.',
  });
}

type FileProblem = 'ResourceExists' | 'ResourceUnavailable' | 'ReadError' | 'WriteError';

/** What the system says of a file, or what stands against it. */
export function fileError(
  file: string,
  errorId: FileProblem,
  problem: string,
  hint: string,
  cause?: unknown,
): OperationError {
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  const reason = typeof code === 'string' ? ` (${code})` : '';
  return new OperationError('ERR_FILE', wording`${file}: ${problem}${reason}.`, {
    errorId,
    errorCategory: errorId,
    targetName: file,
    cause,
    hint,
  });
}
