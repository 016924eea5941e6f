import type { ClientPlan, DocumentPlan } from './plan.ts';

const papers: readonly DocumentPlan[] = [
  {
    class: 'IDENTITY_PAPER',
    title: 'Copy of the state ID',
    lines: ['Identification card', 'Issued by the state of Florida', 'Invented for the demonstration'],
  },
  {
    class: 'BENEFIT_LETTER',
    title: 'Letter about food benefits',
    lines: ['Your benefits were renewed for six months.', 'Bring proof of income to the next appointment.'],
  },
  {
    class: 'MEDICAL_REPORT',
    title: 'Report of the clinic',
    lines: ['Blood pressure within range. Next visit in three months.', 'No change of medication.'],
  },
];

/** One paper for each of the first people of a case manager whose case has taken no step yet. */
export function withDocuments(clients: readonly ClientPlan[], caseManagerId: string): ClientPlan[] {
  const left = [...papers];
  return clients.map((client) => {
    const isWanted = client.caseManagerId === caseManagerId && client.casework.steps.length === 0;
    const paper = isWanted ? left.shift() : undefined;
    return paper ? { ...client, documents: [paper] } : client;
  });
}
