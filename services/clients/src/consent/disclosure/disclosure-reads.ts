/** How often the same was read within the hour of a line of the ledger; only for lines that were read again. */
export interface DisclosureReads {
  disclosureId: string;
  reads: number;
  lastReadAt: Date;
}
