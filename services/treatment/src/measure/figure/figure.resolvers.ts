import { connection, readPage, type PageArgs } from '@throughline/graphql';
import { today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { MeasurePeriodInput, Resolvers } from '../../generated/graphql.ts';
import { catalogue, definitionOf } from '../catalogue/catalogue.ts';
import type { MeasureCode, MeasureSpec } from '../catalogue/measure-code.ts';
import {
  figuresOf,
  ownFigure,
  periodOf,
  specOf,
  type Figure,
  type MeasureStratum,
  type Question,
} from './figure.ts';
import type { MeasureRow } from './measure-reader.ts';

/** A number, and what was asked: its rows are read when somebody asks for them. */
export type AskedFigure = Figure & { question: Question };

interface Asked {
  code: MeasureCode;
  spec?: MeasureSpec | null | undefined;
  period: MeasurePeriodInput;
  by?: MeasureStratum | null | undefined;
}

const withheld = 'The number counts rows that you may not read, or no longer may.';

async function reportOf({ code, spec, period, by = null }: Asked, staffId: string | null, context: Context) {
  const definition = definitionOf(code);
  const now = context.now();
  const question: Question = {
    ...{ definition, spec: specOf(definition, spec ?? null), period: periodOf(period), by, staffId },
    today: today({ now, timeZone: context.timeZone }),
  };
  if (definition.notYet !== null) return null;
  const counts = await context.measures.counts(question);
  const isOwn = staffId !== null && definition.isAboutStaff;
  const { total, breakdown } = isOwn ? { total: ownFigure(counts), breakdown: [] } : figuresOf(counts, by);
  const rules = definition.specs.find((one) => one.spec === question.spec);
  const figure = ({ stratum, ...rest }: Figure): AskedFigure => ({
    ...{ stratum, ...rest },
    question: stratum === null ? { ...question, by: null } : { ...question, stratum },
  });
  return {
    ...{
      definition,
      spec: question.spec,
      specVersion: rules?.version ?? '',
      computedAt: now,
      ...question.period,
    },
    ...{ total: figure(total), breakdown: breakdown.map(figure) },
  };
}

/** A row about staff is shown to that person alone; one about a client to who may read the clinical record now. */
async function mayRead({ clientId, staffId }: MeasureRow, { care, viewer }: Context): Promise<boolean> {
  return clientId === null ? staffId === viewer.id : care.mayRead(clientId, 'CLINICAL');
}

async function rowsOf({ question }: AskedFigure, args: PageArgs, context: Context) {
  const page = readPage(args, 'rows');
  const { viewer, measures } = context;
  const rows = await measures.rows(question, {
    viewerId: viewer.id,
    limit: page.first + 1,
    after: page.after,
  });
  const { edges, pageInfo } = connection(rows, page, ({ startsOn, key }) => [startsOn, key]);
  const readable = await Promise.all(edges.map(({ node }) => mayRead(node, context)));
  const someWithheld = readable.includes(false) || (await measures.hasOthers(question, viewer.id));
  return {
    edges: edges.filter((_edge, index) => readable[index]),
    ...{ pageInfo, someWithheld, notice: someWithheld ? withheld : null },
  };
}

export const resolvers: Resolvers = {
  Query: {
    measures: () => [...catalogue],
    measure: (_root, asked, context) => reportOf(asked, null, context),
    myMeasure: (_root, asked, context) => reportOf(asked, context.viewer.id, context),
  },
  MeasureDefinition: {
    availability: ({ notYet }) => (notYet === null ? 'AVAILABLE' : 'NOT_YET_COMPUTED'),
    specs: ({ specs }) => [...specs],
  },
  MeasureFigure: { rows: rowsOf },
  MeasureRow: {
    client: ({ clientId }) => (clientId ? { id: clientId } : null),
    counts: ({ met, excludedFor }) => (excludedFor ? 'EXCLUDED' : met ? 'MET' : 'NOT_MET'),
  },
};
