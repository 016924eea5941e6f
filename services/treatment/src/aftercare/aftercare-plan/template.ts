/** Words of the printed plan, by language. A language that is not here has no template. */
const english = {
  title: 'Plan for the time after treatment',
  safetyTitle: 'Safety plan',
  name: 'Name: ______________________________',
  draft: 'Draft: not in force yet',
  leavesOn: 'Leaving on',
  who: 'Who sees to it',
  by: 'by',
  APPOINTMENTS: 'Appointments',
  MEDICATION: 'Medication',
  PREVENTION: 'Preventing a return to use',
  HOUSING: 'Where I live',
  TRANSPORT: 'How I get to appointments',
  SUPPORTS: 'Peers, mutual aid and support',
  BENEFITS_AND_LEGAL: 'Benefits and legal matters',
  CALL_ANYTIME: 'Whom I can call day and night',
  CONTACTS: 'Who calls me: after 24 and 72 hours, 7, 14 and 30 days, then monthly until day 180',
  triggers: 'What makes it harder',
  warningSigns: 'Signs that it gets harder',
  coping: 'What helps me',
  people: 'People who help me',
  opioidMedication: {
    label: 'Medication for opioid use',
    CONTINUES: 'goes on without a gap',
    DECLINED: 'I do not want it',
    NOT_INDICATED: 'not needed',
  },
  naloxone: {
    label: 'Naloxone',
    GIVEN: 'I have it and know how to use it',
    DECLINED: 'I do not want it',
    NOT_INDICATED: 'not needed',
  },
  steps: [
    '1. Signs that a crisis may come',
    '2. What I can do alone',
    '3. People and places that take my mind off it',
    '4. People whom I can ask for help',
    '5. Professionals and lines that I can call',
    '6. How my surroundings become safer',
  ],
  crisisLine: 'In a crisis call or text 988. In danger of life call 911.',
};
export type Words = typeof english;

const spanish: Words = {
  title: 'Plan para el tiempo después del tratamiento',
  safetyTitle: 'Plan de seguridad',
  name: 'Nombre: ______________________________',
  draft: 'Borrador: todavía no está en vigor',
  leavesOn: 'Fecha de salida',
  who: 'Quién se encarga',
  by: 'hasta el',
  APPOINTMENTS: 'Citas',
  MEDICATION: 'Medicamentos',
  PREVENTION: 'Cómo prevenir volver a consumir',
  HOUSING: 'Dónde vivo',
  TRANSPORT: 'Cómo llego a mis citas',
  SUPPORTS: 'Compañeros, ayuda mutua y apoyo',
  BENEFITS_AND_LEGAL: 'Beneficios y asuntos legales',
  CALL_ANYTIME: 'A quién puedo llamar de día y de noche',
  CONTACTS: 'Quién me llama: a las 24 y 72 horas, a los 7, 14 y 30 días, y cada mes hasta el día 180',
  triggers: 'Lo que lo hace más difícil',
  warningSigns: 'Señales de que se hace más difícil',
  coping: 'Lo que me ayuda',
  people: 'Personas que me ayudan',
  opioidMedication: {
    label: 'Medicamento para el uso de opioides',
    CONTINUES: 'sigue sin interrupción',
    DECLINED: 'no lo quiero',
    NOT_INDICATED: 'no es necesario',
  },
  naloxone: {
    label: 'Naloxona',
    GIVEN: 'la tengo y sé usarla',
    DECLINED: 'no la quiero',
    NOT_INDICATED: 'no es necesaria',
  },
  steps: [
    '1. Señales de que puede venir una crisis',
    '2. Lo que puedo hacer a solas',
    '3. Personas y lugares que me distraen',
    '4. Personas a quienes puedo pedir ayuda',
    '5. Profesionales y líneas a las que puedo llamar',
    '6. Cómo hacer más seguro mi entorno',
  ],
  crisisLine: 'En una crisis llame o envíe un mensaje al 988. Si hay peligro de muerte llame al 911.',
};

const templates: Readonly<Record<string, Words>> = { en: english, es: spanish };

/** Words of a language, also for a regional form such as es-MX; null when the template does not have it. */
export function wordsOf(language: string): Words | null {
  return templates[language.toLowerCase().split('-')[0] ?? ''] ?? null;
}
