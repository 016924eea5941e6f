import type { Counting } from '../catalogue/catalogue.ts';
import type { MeasureStratum, Question } from './figure.ts';

export interface Sql {
  text: string;
  values: unknown[];
}

/** Rows count once, stretches of days and weeks as often as they lie in the period and are over. $3 from, $4 to, $5 today. */
const weights: Record<Counting, { where: string; weight: string }> = {
  EACH: { where: 'c.starts_on between $3 and $4 and c.counts_from <= $5', weight: '1' },
  STANDING: {
    where: 'c.starts_on <= least($4::date, $5::date) and (c.ends_on is null or c.ends_on >= $3)',
    weight: '1',
  },
  DAYS: {
    where: 'c.starts_on <= $4 and (c.ends_on is null or c.ends_on >= $3)',
    weight: `greatest(0, least(c.ends_on, $4::date, $5::date - 1) - greatest(c.starts_on, $3::date) + 1)`,
  },
  WEEKS: {
    where: 'c.starts_on <= $4 and (c.ends_on is null or c.ends_on >= $3)',
    weight: `greatest(0, floor((least(c.ends_on, $4::date, $5::date - 1) + 1
      - (c.starts_on + 7 * ceil(greatest(0, $3::date - c.starts_on) / 7.0)::integer)) / 7.0))`,
  },
};

/** CMS137 counts the first episode of a client in the period, when it leaves time for engagement. */
const firstOfClient = `and c.starts_on <= $4::date - 47
  and not exists (select from measure_case e where e.measure = c.measure and e.spec = c.spec and e.owner_id = c.owner_id
    and e.starts_on between $3 and $4 and (e.starts_on, e.key) < (c.starts_on, c.key))`;

const one = (expression: string) =>
  `cross join lateral (select coalesce(${expression}, 'UNKNOWN') as stratum) s`;
/** A client can belong to several groups, and then counts in each of them. */
const each = (column: string) =>
  `cross join lateral (select unnest(case when cardinality(p.${column}) > 0 then p.${column} else '{UNKNOWN}' end) as stratum) s`;
const member = (group: string, not: string) =>
  one(
    `case when p.client_id is null then null when '${group}' = any(p.populations) then '${group}' else '${not}' end`,
  );

const strataSql: Record<MeasureStratum, string> = {
  PROGRAM: one('c.program'),
  TEAM: one('c.team_id::text'),
  LEVEL: one('c.level'),
  LANGUAGE: one('p.language'),
  AGE_BAND: one('p.age_group'),
  ETHNICITY: one('p.ethnicity'),
  SEX: one('p.sex'),
  POPULATION: each('populations'),
  RACE: each('races'),
  HOUSING: member('HOMELESS', 'NOT_HOMELESS'),
  JUSTICE: member('JUSTICE_INVOLVED', 'NOT_JUSTICE_INVOLVED'),
};

/** The rows that a question counts, with their weight and with the value of the breakdown, where one is asked for. */
export function countedSql({ definition, spec, period, by, staffId, today, stratum }: Question): Sql {
  const { where, weight } = weights[definition.counting];
  const values: unknown[] = [definition.code, spec, period.from, period.to, today, staffId, stratum ?? null];
  return {
    values,
    text: `
      select c.*, ${weight} as weight, ${by ? 's.stratum' : 'null::text as stratum'}
      from measure_case c left join measure_client p on p.client_id = c.client_id
      ${by ? strataSql[by] : ''}
      where c.measure = $1 and c.spec = $2 and ${where} ${spec === 'CMS137' ? firstOfClient : ''}
        and ($6::uuid is null or c.staff_id = $6) and ($7::text is null or ${by ? 's.stratum' : 'null'} = $7)`,
  };
}

const aggregates = `
  coalesce(sum(weight) filter (where excluded_for is null), 0)::integer as denominator,
  coalesce(sum(weight) filter (where excluded_for is null and met), 0)::integer as numerator,
  coalesce(sum(weight) filter (where excluded_for is not null), 0)::integer as exclusions,
  (count(distinct owner_id) filter (where excluded_for is null and weight > 0))::integer as people,
  (count(distinct staff_id) filter (where excluded_for is null and weight > 0))::integer as staff,
  (count(distinct owner_id) filter (where excluded_for is not null and weight > 0))::integer as excluded,
  percentile_cont(0.5) within group (order by value) filter (where excluded_for is null) as median,
  percentile_cont(0.9) within group (order by value) filter (where excluded_for is null) as p90,
  percentile_cont(0.95) within group (order by value) filter (where excluded_for is null) as p95`;

/** The whole, and each value of the breakdown, of one moment. */
export function figuresSql(question: Question): Sql {
  const whole = countedSql({ ...question, by: null });
  const parts = countedSql(question);
  if (!question.by)
    return { ...whole, text: `select null::text as stratum, ${aggregates} from (${whole.text}) w` };
  return {
    values: parts.values,
    text: `
      select null::text as stratum, ${aggregates} from (${whole.text}) w
      union all
      select stratum, ${aggregates} from (${parts.text}) w group by stratum having sum(weight) > 0`,
  };
}
