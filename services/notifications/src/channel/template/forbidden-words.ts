/**
 * Words that no message outside the application may hold, English and Spanish, in small letters without accents: they say
 * or suggest that somebody is a client, what for, or where. A word with `*` stands for all words that begin with it. Data: a
 * new word is a new line. Source: infra/reference/domain.md 6.3.
 */
export const forbiddenWords: readonly string[] = listOf(`
  abus*, addict*, adherence, admission*, admitted, aftercare, agency, agencies, alcohol*, anxi*, assault*,
  assessment*, asylum, behavior*, behaviour*, bipolar*, buprenorphine, care, caregiver*, case, cases, casework*, client*,
  clinic*, cocaine, consent*, counsel*, court*, crisis, custody, danger*, death, depress*, detox*, diagnos*, discharge*,
  disease*, disorder*, doctor*, domestic, dose*, drink*, drug*, drunk*, dui, emergency, episode*, fentanyl, goal*, group,
  harm*, healing, health*, hepatitis, heroin*, hiv, homeless*, hospital*, housing, illness*, immigra*, inmate*, inpatient*,
  insurance, jail*, judge*, kill*, legal, legal aid, medic*, mental*, meth, methadone, naloxone, narcan, narcotic*, need,
  needs, nurse*, obligation*, offend*, opioid*, outpatient*, overdos*, parol*, patient*, pharmac*, physician*, pills,
  pregnan*, prescri*, prison*, probation*, program, programs, programme, programmes, provider*, psych*, ptsd, rape*, recover*,
  referral*, referred, refuge, rehab*, relaps*, release*, residential, return to use, risk*, safety, schizo*, screening*,
  self-harm*, service*, shelter*, sober*, sobri*, social work*, stay, std, suboxone, substance*, suicid*, supervis*,
  symptom*, test result*, therap*, trauma*, treat*, urine, victim*, violen*, welfare, withdrawal, worker*,
  abogad*, adicc*, adict*, agencia*, albergue*, alcohol*, alta medica, ansied*, asilo, atencion, ayuda legal, buprenorfina,
  carcel*, caso, casos, cita medica, client*, clinic*, cocaina, condena*, consejer*, consentimiento*, crisis, cuidado*,
  custodia, depresion*, deprimid*, derivacion*, desintox*, detenid*, diagnost*, doctor*, dosis, droga*, embaraz*, emergencia*,
  enfermedad*, enfermer*, enferm*, episodio*, evaluacion*, fentanilo, grupo, hepatitis, heroina, hogar, hospital*,
  inmigra*, internad*, juez*, juzgado*, libertad condicional, medic*, mental*, metadona, muerte, naloxona, necesidad*,
  obligacion*, opioide*, pacient*, pastillas, peligro*, plan de, preso*, presa*, prision*, programa*, proveedor*, psic*,
  psiq*, recaida*, receta*, recuper*, referencia*, refugio*, rehabilit*, remision*, riesgo*, salud*, seguridad, servicio*,
  sida, sobredosis, sobri*, social*, suicid*, sustancia*, terap*, trabajador*, trastorno*, tratamient*, trauma*, tribunal*,
  vih, victima*, violen*, vivienda*`);

function listOf(text: string): string[] {
  return [...new Set(text.split(',').map((word) => word.trim()))];
}
