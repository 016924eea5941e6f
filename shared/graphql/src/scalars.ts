import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import {
  DateTimeISOResolver,
  EmailAddressResolver,
  LocalDateResolver,
  PhoneNumberResolver,
} from 'graphql-scalars';
import { lenient } from './unreadable.ts';

const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const LanguageCode = new GraphQLScalarType<string, string>({
  name: 'LanguageCode',
  serialize: parseLanguage,
  parseValue: parseLanguage,
  parseLiteral: (node) => parseLanguage(node.kind === Kind.STRING ? node.value : null),
});

function parseLanguage(value: unknown): string {
  if (typeof value === 'string' && languageTag.test(value)) return value;
  throw new GraphQLError('LanguageCode must be a BCP 47 tag, for example en or es-MX');
}

const Cursor = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  serialize: parseCursor,
  parseValue: parseCursor,
  parseLiteral: (node) => parseCursor(node.kind === Kind.STRING ? node.value : null),
});

/** The name of a client orders a list, and may have 200 characters of several bytes each. */
const longestCursor = 10_000;

function parseCursor(value: unknown): string {
  if (typeof value === 'string' && value.length <= longestCursor) return value;
  throw new GraphQLError('Cursor must be one that a page handed out');
}

/** Scalars of shared.graphql; every subgraph has them. `Date` is a YYYY-MM-DD string, `DateTime` a Date object. */
export const scalarResolvers = {
  DateTime: readable(
    DateTimeISOResolver,
    'DateTime',
    'an instant in RFC 3339, for example 2026-11-23T18:02:11Z',
  ),
  Date: readable(LocalDateResolver, 'Date', 'a day, for example 1984-05-31'),
  Email: readable(EmailAddressResolver, 'Email', 'an e-mail address'),
  Phone: readable(PhoneNumberResolver, 'Phone', 'a telephone number in E.164 form, for example +13055550123'),
  LanguageCode: readable(LanguageCode, 'LanguageCode', 'a language tag, for example en or es-MX'),
  Cursor: readable(Cursor, 'Cursor', 'a cursor of this list'),
};

function readable(scalar: GraphQLScalarType, name: string, what: string): GraphQLScalarType {
  const own = new GraphQLScalarType({ ...scalar.toConfig(), name });
  return lenient(own, { code: 'UNREADABLE', message: `This is not ${what}.` });
}
