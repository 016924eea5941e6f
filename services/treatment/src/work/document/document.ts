import type { Decision } from '@throughline/command/decision';
import { documentAdded, documentWithdrawn, uuidV7 } from '@throughline/events';
import { invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import { neverReleasedLabels, type DataLabel } from '@throughline/privacy';

/** Part of the record that a class belongs to, and the labels that it brings. Source: infra/reference/domain.md 3.6, 8.4. */
export const classes = {
  IDENTITY_PAPER: { part: 'IDENTITY', labels: ['ID'] },
  INSURANCE: { part: 'SOCIAL', labels: ['SOCIAL'] },
  BENEFIT_LETTER: { part: 'SOCIAL', labels: ['SOCIAL'] },
  HOUSING_PAPER: { part: 'SOCIAL', labels: ['SOCIAL'] },
  SIGNED_CONSENT: { part: 'CONSENTS', labels: ['ID'] },
  MEDICAL_REPORT: { part: 'CLINICAL', labels: ['HEALTH'] },
  DISCHARGE_SUMMARY: { part: 'CLINICAL', labels: ['HEALTH'] },
  MENTAL_HEALTH_REPORT: { part: 'CLINICAL', labels: ['MH'] },
  SUD_RECORD: { part: 'CLINICAL', labels: ['SUD'] },
  COURT_PAPER: { part: 'CLINICAL', labels: ['JUSTICE'] },
  PROTECTION_ORDER: { part: 'CLINICAL', labels: ['IPV'] },
} as const satisfies Record<string, { part: string; labels: readonly DataLabel[] }>;
export type DocumentClass = keyof typeof classes;
export const documentClasses = Object.keys(classes) as DocumentClass[];

/** Media types by the name that the graph has for them. */
export const mediaTypes = {
  PDF: 'application/pdf',
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  TIFF: 'image/tiff',
} as const;
export type DocumentMedia = keyof typeof mediaTypes;

/** A file about a client. What it holds comes after the row, over HTTP. */
export interface ClientDocument {
  id: string;
  clientId: string;
  class: DocumentClass;
  title: string;
  labels: DataLabel[];
  media: DocumentMedia;
  bytes: number;
  /** Of the content; null until it has come. */
  sha256: string | null;
  addedAt: Date;
  addedBy: string;
  storedAt: Date | null;
  /** Names its pieces in the object store; null while they stand in the database, or nowhere. */
  objectId: string | null;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  withdrawnReason: string | null;
  version: number;
}

export interface DocumentDraft {
  class: DocumentClass;
  title: string;
  media: DocumentMedia;
  bytes: number;
  labels?: readonly DataLabel[] | null | undefined;
}

/** Faults of a file before it comes: its size, and labels of what is kept apart. */
export function documentFaults({ bytes, labels }: DocumentDraft, mostBytes: number): InputIssue[] {
  const faults = (labels ?? []).flatMap((label, place) =>
    neverReleasedLabels.has(label)
      ? [issueAt(`labels.${String(place)}`, 'NOT_ALLOWED', 'This is not kept as a document.')]
      : [],
  );
  if (bytes < 1 || bytes > mostBytes)
    faults.push(
      issueAt('bytes', 'OUT_OF_RANGE', `A file has at least 1 and at most ${String(mostBytes)} bytes.`),
    );
  return faults;
}

/** A row for a file that is to come. Its class gives it labels; the person who adds it can add others, and takes none away. */
export function addDocument(
  clientId: string,
  { class: kind, title, media, bytes, labels }: DocumentDraft,
  by: { id: string; now: Date },
): { insert: ClientDocument } {
  const all = [...new Set<DataLabel>([...classes[kind].labels, ...(labels ?? [])])].sort();
  return {
    insert: {
      ...{ id: uuidV7(by.now), clientId, class: kind, title, labels: all, media, bytes, sha256: null },
      ...{ addedAt: by.now, addedBy: by.id, storedAt: null, objectId: null },
      ...{ withdrawnAt: null, withdrawnBy: null, withdrawnReason: null, version: 1 },
    },
  };
}

/** The content came: once, and only while the document is open. */
export function storeDocument(
  document: ClientDocument,
  { sha256, objectId }: Pick<ClientDocument, 'objectId'> & { sha256: string },
  now: Date,
): Decision<never, ClientDocument> {
  if (document.withdrawnAt) return invalidTransition('WITHDRAWN', 'storeDocument', []);
  if (document.storedAt) return invalidTransition('STORED', 'storeDocument', []);
  const { id: documentId, clientId } = document;
  return {
    update: { ...document, sha256, objectId, storedAt: now },
    facts: [documentAdded.of(clientId, now, { documentId, clientId })],
  };
}

/** What can be done with it by a viewer who may change its part of the record. */
export const commandsFor = ({ withdrawnAt }: ClientDocument): string[] =>
  withdrawnAt ? [] : ['withdrawDocument'];

/** Nobody opens it any more. What it holds stays, as the law wants records to stay. */
export function withdrawDocument(
  document: ClientDocument,
  reason: string,
  by: { id: string; now: Date },
): Decision<never, ClientDocument> {
  if (document.withdrawnAt) return invalidTransition('WITHDRAWN', 'withdrawDocument', []);
  const withdrawn = { withdrawnAt: by.now, withdrawnBy: by.id, withdrawnReason: reason };
  const { id: documentId, clientId } = document;
  return {
    update: { ...document, ...withdrawn },
    facts: [documentWithdrawn.of(clientId, by.now, { documentId, clientId })],
  };
}

/** Classes of the parts of the record that somebody reads. */
export function openClasses(parts: ReadonlySet<string>): DocumentClass[] {
  return documentClasses.filter((kind) => parts.has(classes[kind].part));
}
