import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getNamedType,
  isInputObjectType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLSchema,
} from 'graphql';
import ts from 'typescript';

const stories = import.meta.dirname;

/** Each operation in the sources of the end-to-end tests, those that are wrong on purpose included. */
export function storyDocuments(schema: GraphQLSchema): string[] {
  const files = globSync('*.ts', { cwd: stories }).sort();
  const found = files.flatMap((file) => {
    const text = readFileSync(join(stories, file), 'utf8');
    return documentsIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), schema);
  });
  return [...new Set(found)];
}

function documentsIn(file: ts.SourceFile, schema: GraphQLSchema): string[] {
  const constants = new Map<string, string>();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      if (ts.isVariableDeclaration(node.parent)) constants.set(node.parent.name.getText(), node.text);
      if (parsed(node.text)) found.push(node.text);
    }
    if (ts.isTemplateExpression(node)) found.push(...filledIn(node, constants, schema));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const mostOpenPlaces = 2;

/**
 * A place that is filled at run time is filled with every name that makes a valid document. With more than two such
 * places there would be millions of texts to try: such a template is left out.
 */
function filledIn(
  { head, templateSpans }: ts.TemplateExpression,
  constants: Map<string, string>,
  schema: GraphQLSchema,
): string[] {
  if (!/^\s*(query|mutation|{)/.test(head.text)) return [];
  const open = templateSpans.filter(({ expression }) => !constants.has(expression.getText()));
  if (open.length > mostOpenPlaces) return [];
  const texts = templateSpans.reduce<string[]>(
    (started, { expression, literal }) => {
      const constant = constants.get(expression.getText());
      return started.flatMap((text) => {
        const names = constant === undefined ? namesAfter(text, schema) : [constant];
        return names.map((name) => text + name + literal.text);
      });
    },
    [head.text],
  );
  return texts.filter((text) => {
    const document = parsed(text);
    return document !== null && validate(schema, document).length === 0;
  });
}

/** The variable of a document with one goes to the field, or the document would not be valid. */
function takes(args: readonly GraphQLArgument[], type: string): boolean {
  return args.some((argument) => getNamedType(argument.type).name === type);
}

function namesAfter(text: string, schema: GraphQLSchema): string[] {
  if (/\$\w+: $/.test(text)) {
    const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
    return inputs.map(({ name }) => name);
  }
  const root = text.trimStart().startsWith('mutation') ? schema.getMutationType() : schema.getQueryType();
  const fields = Object.values(root?.getFields() ?? {});
  const given = /\$\w+: (\w+)!?\) *{[^{}]*$/.exec(text)?.[1];
  return fields.filter(({ args }) => given === undefined || takes(args, given)).map(({ name }) => name);
}

function parsed(text: string): DocumentNode | null {
  if (!/^\s*(query|mutation|{)/.test(text)) return null;
  try {
    return parse(text);
  } catch {
    return null;
  }
}
