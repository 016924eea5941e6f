import type { Care, Part } from '@throughline/care';
import { hasRole, type Role, type Viewer } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import { isOpen, type CaseFile } from './case-file.ts';
import { commandsIn, type CaseCommand } from './states.ts';

interface Rule {
  roles: readonly Role[];
  /** Part of the record that the viewer must be able to change. */
  part: Part;
}

const managing: readonly Role[] = ['CASE_MANAGER', 'SUPERVISOR'];
const caring: readonly Role[] = [...managing, 'CLINICIAN', 'PEER_SPECIALIST'];
const receiving: readonly Role[] = [...managing, 'INTAKE_WORKER'];

/** Who may use a command: the roles of its mutation, and the part that it changes. Source: infra/reference/domain.md 1.5. */
export const caseCommandRules: Record<CaseCommand, Rule> = {
  DECIDE_SCREENING: { roles: receiving, part: 'SOCIAL' },
  ADVANCE: { roles: managing, part: 'CASE' },
  HOLD: { roles: managing, part: 'CASE' },
  RESUME: { roles: managing, part: 'CASE' },
  RETURN_TO_ACTIVE: { roles: managing, part: 'CASE' },
  CLOSE: { roles: managing, part: 'CASE' },
  REOPEN: { roles: receiving, part: 'SOCIAL' },
  MARK_ENTERED_IN_ERROR: { roles: ['SUPERVISOR'], part: 'CASE' },
  ENTER_PHASE: { roles: managing, part: 'CASE' },
  DESCRIBE: { roles: managing, part: 'CASE' },
  LOG_CONTACT: { roles: caring, part: 'CASE' },
  PLAN_NEXT_CONTACT: { roles: caring, part: 'CASE' },
  ASSIGN_CASE_MANAGER: { roles: ['SUPERVISOR'], part: 'CASE' },
  RECORD_NEED: { roles: receiving, part: 'SOCIAL' },
};

/** What this viewer can do with the case now, and nothing else. */
export async function allowedCommands(caseFile: CaseFile, context: Context): Promise<CaseCommand[]> {
  const { viewer, care, loaders } = context;
  const team = await care.load(caseFile.clientId);
  const allowed = commandsIn(caseFile.status).filter((command) => mayUse(viewer, team, command, care));
  if (!allowed.includes('REOPEN')) return allowed;
  const client = await loaders.clientById.load(caseFile.clientId);
  const others = await loaders.caseFilesByClient.load(caseFile.clientId);
  const canReopen = client?.status !== 'DECEASED' && others[0]?.id === caseFile.id && !others.some(isOpen);
  return allowed.filter((command) => command !== 'REOPEN' || canReopen);
}

function mayUse(viewer: Viewer, team: Care | null, command: CaseCommand, care: Context['care']): boolean {
  const { roles, part } = caseCommandRules[command];
  if (command === 'MARK_ENTERED_IN_ERROR' && team !== null && hasRole(viewer, 'PRIVACY_OFFICER')) return true;
  return hasRole(viewer, ...roles) && care.mayChange(viewer, team, part);
}
