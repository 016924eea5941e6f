import { CreateCareTeam1700000000001 } from './0001-create-care-team.ts';
import { KeepCare1700000020001 } from './0002-keep-care.ts';
import { TellStanding1700000020002 } from './0003-tell-standing.ts';

/** For services that keep a copy of `Care`. */
export const careMigrations = [CreateCareTeam1700000000001, KeepCare1700000020001, TellStanding1700000020002];
