import { parse } from 'pgsql-parser';

/** A node of the syntax tree of PostgreSQL: its kind, and what belongs to it. */
type Node = Record<string, unknown>;

interface Relation {
  relname: string;
}

interface AlterCommand {
  subtype: string;
  name?: string;
  def?: { ColumnDef?: { colname?: string; constraints?: Node[] }; Constraint?: Constraint };
}

interface Constraint {
  contype: string;
  conname?: string;
  skip_validation?: boolean;
  raw_expr?: Node;
  indexname?: string;
}

/**
 * What a migration does that an upgrade without a stop does not bear. While it runs, and until the last copy of the
 * previous release has ended, that release reads and writes the same tables ("expand and contract",
 * https://martinfowler.com/bliki/ParallelChange.html). Tables that the migration itself makes are free.
 */
export async function faultsOf(statements: readonly string[]): Promise<string[]> {
  const made = new Set<string>();
  const faults: string[] = [];
  for (const sql of statements) {
    const { stmts = [] } = (await parse(sql)) as { stmts?: { stmt: Node }[] };
    for (const { stmt } of stmts) {
      const created = (stmt.CreateStmt as { relation: Relation } | undefined)?.relation.relname;
      if (created) made.add(created);
      faults.push(...faultsIn(stmt, made));
    }
  }
  return faults;
}

function faultsIn(stmt: Node, made: ReadonlySet<string>): string[] {
  const [[kind, node] = ['', {}]] = Object.entries(stmt) as [string, Node][];
  const table = (node.relation as Relation | undefined)?.relname ?? '';
  if (kind === 'DropStmt') return dropFaults(node, made);
  if (made.has(table)) return [];
  if (kind === 'IndexStmt' && !node.concurrent)
    return [
      `an index on ${table} is built while nobody may write: create it concurrently, in a migration of its own`,
    ];
  if (kind === 'RenameStmt' && node.renameType !== 'OBJECT_INDEX')
    return [`${table} or a part of it gets another name, which the previous release does not know`];
  if (kind === 'AlterTableStmt')
    return (node.cmds as { AlterTableCmd: AlterCommand }[]).flatMap(({ AlterTableCmd: command }) =>
      alterFaults(table, command),
    );
  return [];
}

const needed = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_FUNCTION', 'OBJECT_SEQUENCE', 'OBJECT_TYPE']);

function dropFaults({ removeType, objects }: Node, made: ReadonlySet<string>): string[] {
  const names = JSON.stringify(objects).matchAll(/"sval":"(\w+)"/g);
  const gone = [...names].map(([, name]) => name ?? '').filter((name) => !made.has(name));
  return needed.has(String(removeType)) && gone.length > 0
    ? [`${gone.join(', ')} is dropped, and the previous release may use it`]
    : [];
}

function alterFaults(table: string, { subtype, name = '', def }: AlterCommand): string[] {
  switch (subtype) {
    case 'AT_DropColumn':
      return [`${table}.${name} is dropped, and the previous release reads it`];
    case 'AT_AlterColumnType':
      return [`${table}.${name} gets another type: all rows are written again while nobody may read`];
    case 'AT_SetNotNull':
      return [`${table}.${name} must be given, and the previous release may leave it out`];
    case 'AT_AddColumn':
      return addedColumnFaults(table, def?.ColumnDef ?? {});
    case 'AT_AddConstraint':
      return constraintFaults(table, def?.Constraint);
    default:
      return [];
  }
}

function addedColumnFaults(
  table: string,
  { colname = '', constraints = [] }: { colname?: string; constraints?: Node[] },
): string[] {
  const found = constraints.map(({ Constraint: one }) => one as Constraint);
  const given = found.find(({ contype }) => contype === 'CONSTR_DEFAULT');
  const faults: string[] = [];
  if (found.some(({ contype }) => contype === 'CONSTR_NOTNULL') && !given)
    faults.push(`${table}.${colname} must be given, and the previous release does not know it`);
  if (given && /gen_random_uuid|clock_timestamp|random/.test(JSON.stringify(given.raw_expr)))
    faults.push(`${table}.${colname} has another value in each row: all rows are written again`);
  return faults;
}

function constraintFaults(table: string, constraint: Constraint | undefined): string[] {
  if (!constraint) return [];
  const { contype, conname = '', skip_validation: later, indexname } = constraint;
  if ((contype === 'CONSTR_FOREIGN' || contype === 'CONSTR_CHECK') && !later)
    return [
      `${conname} on ${table} is checked for all rows while nobody may write: add it "not valid" and validate it in the next migration`,
    ];
  if ((contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY') && !indexname)
    return [
      `${conname} on ${table} builds an index while nobody may write: build the index concurrently first`,
    ];
  return [];
}
