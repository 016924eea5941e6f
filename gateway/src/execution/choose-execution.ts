import { installShaping } from '../shaping/install.ts';
import { compiledExecution } from './compiled-execution.ts';
import type { Execution, ExecutionName, ExecutionParts } from './execution.ts';
import { libraryExecution } from './library-execution.ts';

/**
 * The execution of a graph: compiled, unless the setting EXECUTION or the installed library forbids it. One log
 * line says which one runs, and why the compiled one does not.
 */
export function chooseExecution(wanted: ExecutionName, parts: ExecutionParts): Execution {
  const about = { graph: parts.graph };
  if (wanted === 'library') {
    parts.logger.info(about, 'operations run in the library: EXECUTION is library');
    return libraryExecution(parts.gateway);
  }
  const { shaping, reason } = installShaping();
  if (!shaping) {
    parts.logger.warn(about, `operations run in the library: ${reason}`);
    return libraryExecution(parts.gateway);
  }
  parts.logger.info(about, `operations run compiled: ${reason}`);
  return compiledExecution(shaping, parts);
}
