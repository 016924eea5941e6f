import type { FieldKind } from './hsds-value.ts';

export interface Field {
  column: string;
  /** Names in the packages, 3.x first; the first that is filled counts. */
  from: readonly string[];
  kind: FieldKind;
  required?: true;
}

export interface Reference {
  column: string;
  /** Name in the packages. */
  from: string;
  entity: string;
  required: boolean;
  /** Checked and guarded by a foreign key; else only an id that may lead nowhere. */
  loose?: true;
}

/** One kind of row: its files in HSDS packages, and its table. */
export interface Entity {
  /** Also the name of its table. */
  name: string;
  /** Names of its CSV files in HSDS 1.x and 3.x. */
  files: readonly string[];
  fields: readonly Field[];
  references: readonly Reference[];
  /**
   * ID: the package's ids name the rows. CONTENT: real packages leave them empty or repeat them, so that a row is
   * named by what it says.
   */
  named: 'ID' | 'CONTENT';
  /** Belongs to a service, location or agency, and is removed when its owner no longer shows it. */
  detail: boolean;
  /** Columns that the packages have and that are left out on purpose. */
  ignored: readonly string[];
  /** Column that keeps texts which cannot be read as values. */
  unreadInto?: string;
  /** Columns of the packages that are kept as text in `unreadInto`. */
  onlyText?: readonly string[];
  /** A detail that may come without an owner: another row names it. */
  standsAlone?: true;
}

export const f = (column: string, kind: FieldKind = 'text', ...from: string[]): Field => ({
  column,
  kind,
  from: from.length > 0 ? from : [column],
});
export const must = (column: string, kind: FieldKind = 'line', ...from: string[]): Field => ({
  ...f(column, kind, ...from),
  required: true,
});
export const ref = (column: string, entity: string, required = false, from = column): Reference => ({
  column,
  from,
  entity,
  required,
});
export const service = ref('service_id', 'service');
export const location = ref('location_id', 'location');
export const agency = ref('agency_id', 'agency', false, 'organization_id');
export const atLocation = ref('service_at_location_id', 'service_at_location');
export const required = (reference: Reference): Reference => ({ ...reference, required: true });
export const validity = [f('valid_from', 'date'), f('valid_to', 'date')];
