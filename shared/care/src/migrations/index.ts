import { CreateCareTeam1700000000001 } from './0001-create-care-team.ts';
import { KeepCare1700000020001 } from './0002-keep-care.ts';
import { KeepCareTeam1700000020009 } from './0010-keep-care-team.ts';
import { KeepResponder1700000020011 } from './0011-keep-responder.ts';
import { TellStanding1700000020002 } from './0003-tell-standing.ts';

/** For services that keep a copy of `Care`. */
export const careMigrations = [
  CreateCareTeam1700000000001,
  KeepCare1700000020001,
  TellStanding1700000020002,
  KeepCareTeam1700000020009,
  KeepResponder1700000020011,
];
