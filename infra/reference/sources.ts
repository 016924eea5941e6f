import type { WrittenFile } from './written-files.ts';

/** Hosts of laws, standards and papers. A new host is added here, so that somebody looks at it. */
const hosts = new Set([
  'aims.uw.edu',
  'ccmcertification.org',
  'cloudevents.io',
  'cmbodyofknowledge.com',
  'cwiki.apache.org',
  'debezium.io',
  'docs.github.com',
  'docs.nestjs.com',
  'docs.openreferral.org',
  'docs.stripe.com',
  'docs.svix.com',
  'doi.org',
  'ecqi.healthit.gov',
  'event-driven.io',
  'github.com',
  'hl7.org',
  'html.spec.whatwg.org',
  'iris.who.int',
  'jepsen.io',
  'loinc.org',
  'masstransit.io',
  'prapare.org',
  'profiles.ihe.net',
  'pubmed.ncbi.nlm.nih.gov',
  'simonwillison.net',
  'sprc.org',
  'store.samhsa.gov',
  'suicidesafetyplan.com',
  'terminology.hl7.org',
  'wiki.ihe.net',
  'worker.graphile.org',
  'www.apollographql.com',
  'www.asam.org',
  'www.cdc.gov',
  'www.cms.gov',
  'www.dhcs.ca.gov',
  'www.ecfr.gov',
  'www.federalregister.gov',
  'www.hhs.gov',
  'www.hudexchange.info',
  'www.ncqa.org',
  'www.samhsa.gov',
  'www.standardwebhooks.com',
  'zerosuicide.edc.org',
]);

const place = String.raw`\d+(?:\.\d+)?(?: (?:check \d+|[DGST]\d+))?(?:,? \([^)]*\))*`;
const chapters = String.raw`infra/reference/[\w-]+\.md ${place}(?:, ${place})*`;
const law = String.raw`\d+ CFR \d+\.\d+(?:\(\w+\))*(?:, \d+\.\d+(?:\(\w+\))*|, (?:\(\w+\))+)*`;
const link = String.raw`https:[^\s"'*]*[^\s"'*.]`;
const one = `(?:${chapters}|${law}|${link})`;
const sourceList = new RegExp(String.raw`\bSource: (${one}(?:; ${one})*)(?=\.?(?:\s|\*/|["'\`]|$))`, 'y');

/** The faults of all sources that a file cites, and of every mention of the reference. */
export function faultsOfSources(
  { path, text }: WrittenFile,
  reference: ReadonlyMap<string, string>,
): string[] {
  const flat = text.replace(/\n\s*(?:\*|\/\/)? /g, ' ');
  const faults: string[] = [];
  for (const { index } of flat.matchAll(/\bSource: /g)) {
    sourceList.lastIndex = index;
    if (!sourceList.test(flat)) faults.push(`cannot be read: ${flat.slice(index, index + 70)}`);
  }
  for (const [cited] of flat.matchAll(new RegExp(chapters, 'g')))
    faults.push(...faultsOfPlaces(cited, reference));
  for (const [cited] of flat.matchAll(new RegExp(String.raw`(?<=Source: [^\n]{0,80})${law}`, 'g')))
    faults.push(...faultsOfLaw(cited, reference));
  for (const [cited] of flat.matchAll(/\b(?:domain|events|graph) reference\b/gi))
    faults.push(`write infra/reference/<file>.md <section> instead of "${cited}"`);
  return faults.map((fault) => `${path}: ${fault}`);
}

function faultsOfPlaces(cited: string, reference: ReadonlyMap<string, string>): string[] {
  const [, file = '', places = ''] = /^infra\/reference\/(\S+) (.*)$/.exec(cited) ?? [];
  const text = reference.get(file);
  if (text === undefined) return [`there is no infra/reference/${file}`];
  return [...places.matchAll(/(\d+(?:\.\d+)?)(?: (check \d+|[DGST]\d+))?(?:,? \([^)]*\))*/g)]
    .filter(([, section = '', row]) => !hasPlace(text, section, row))
    .map(([found]) => `infra/reference/${file} has no ${found}`);
}

/** Whether a heading begins with the number, and the section has a row of that name. */
function hasPlace(text: string, section: string, row: string | undefined): boolean {
  const parts = text.split(/^(?=#{2,3} )/m);
  const found = parts.filter((part) =>
    new RegExp(`^#{2,3} ${section.replace('.', '[.]')}(?![.]?\\d)`).test(part),
  );
  return found.some((part) => row === undefined || new RegExp(`^\\| (?:\\*\\*)?${row} `, 'm').test(part));
}

/** A law counts as linked when the reference has the link of its section. */
function faultsOfLaw(cited: string, reference: ReadonlyMap<string, string>): string[] {
  const title = /^\d+/.exec(cited)?.[0] ?? '';
  const texts = [...reference.values()].join('\n');
  return [...cited.matchAll(/\d+\.\d+/g)]
    .filter(([section]) => !texts.includes(`https://www.ecfr.gov/current/title-${title}/section-${section})`))
    .map(([section]) => `the reference has no link to ${title} CFR ${section}`);
}

/** Links of a text that are no https address of a known host. */
export function faultsOfLinks({ path, text }: WrittenFile): string[] {
  return [...text.matchAll(/\bhttps?:[^\s<>"'`()|]*/g)]
    .map(([found]) => found.replace(/[.,;:*]+$/, ''))
    .filter((found) => !isKnown(found))
    .map((found) => `${path}: ${found}`);
}

function isKnown(address: string): boolean {
  return URL.canParse(address) && address.startsWith('https://') && hosts.has(new URL(address).host);
}
