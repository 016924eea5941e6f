import PDFDocument from 'pdfkit';
import type { AftercarePlan } from './aftercare-plan.ts';
import { paragraphsOf, type DocumentPart, type Paragraph } from './document.ts';
import { wordsOf } from './template.ts';

export interface PrintedDocument {
  fileName: string;
  mediaType: string;
  /** Base64. */
  content: string;
  hasUnprintable: boolean;
}

export interface PrintOptions {
  language: string;
  part: DocumentPart;
  timeZone: string;
}

/** Prints a plan as a PDF; null in a language without a template, and for the name of none. The file names no person. */
export async function printPlan(
  plan: AftercarePlan,
  { language: asked, part, timeZone }: PrintOptions,
): Promise<PrintedDocument | null> {
  const language = languageOf(asked);
  const words = language && wordsOf(language);
  if (!words) return null;
  const format = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long', timeStyle: 'short' });
  const at = (instant: Date | string) => format.format(new Date(instant));
  const paragraphs = paragraphsOf(plan, { part, words, at });
  const content = await pdfOf(paragraphs, { title: paragraphs[0]?.text ?? '', language, on: plan.openedAt });
  const fileName = `${part === 'PLAN' ? 'aftercare-plan' : 'safety-plan'}-${language.toLowerCase()}.pdf`;
  const hasUnprintable = paragraphs.some(({ text }) => printable(text) !== spaced(text));
  return { fileName, mediaType: 'application/pdf', content: content.toString('base64'), hasUnprintable };
}

/** The name of a language in its usual form; null when it is none. */
function languageOf(asked: string): string | null {
  try {
    return Intl.getCanonicalLocales(asked)[0] ?? null;
  } catch {
    return null;
  }
}

const styles = {
  TITLE: { font: 'Helvetica-Bold', size: 18, indent: 0, gap: 8 },
  HEADING: { font: 'Helvetica-Bold', size: 12, indent: 0, gap: 3 },
  TEXT: { font: 'Helvetica', size: 11, indent: 0, gap: 3 },
  ITEM: { font: 'Helvetica', size: 11, indent: 12, gap: 2 },
} as const;

export async function pdfOf(
  paragraphs: readonly Paragraph[],
  { title, language, on }: { title: string; language: string; on: Date },
): Promise<Buffer> {
  const info = { Title: title, CreationDate: on };
  const document = new PDFDocument({ size: 'LETTER', margin: 54, lang: language, info });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  for (const { style, text } of paragraphs) {
    const { font, size, indent, gap } = styles[style];
    if (style === 'HEADING') document.moveDown(0.5);
    const line = style === 'ITEM' ? `\u2022 ${printable(text)}` : printable(text);
    document.font(font).fontSize(size).text(line, { indent, paragraphGap: gap });
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Spaces that the fonts do not have, but that look alike. */
const spaced = (text: string): string => text.replaceAll(/[\u202f\u2009]/g, ' ');

/** The built-in fonts have the letters of Western Europe: others become a question mark. */
function printable(text: string): string {
  return spaced(text).replaceAll(
    /[^\n\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac]/gu,
    '?',
  );
}
