import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import {
  DateTimeISOResolver,
  EmailAddressResolver,
  LocalDateResolver,
  PhoneNumberResolver,
} from 'graphql-scalars';

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

function parseCursor(value: unknown): string {
  if (typeof value === 'string' && value.length <= 500) return value;
  throw new GraphQLError('Cursor must be one that a page handed out');
}

/** Scalars of shared.graphql; every subgraph has them. `Date` is a YYYY-MM-DD string, `DateTime` a Date object. */
export const scalarResolvers = {
  DateTime: renamed(DateTimeISOResolver, 'DateTime'),
  Date: renamed(LocalDateResolver, 'Date'),
  Email: renamed(EmailAddressResolver, 'Email'),
  Phone: renamed(PhoneNumberResolver, 'Phone'),
  LanguageCode,
  Cursor,
};

function renamed(scalar: GraphQLScalarType, name: string): GraphQLScalarType {
  return new GraphQLScalarType({ ...scalar.toConfig(), name });
}
