import { CreateCareTeam1700000000001 } from './0001-create-care-team.ts';
import { KeepCare1700000020001 } from './0002-keep-care.ts';

/** For services that keep a copy of `Care`. */
export const careMigrations = [CreateCareTeam1700000000001, KeepCare1700000020001];
