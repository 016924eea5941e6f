/**
 * Words that a note of thanks is looked through for, English and Spanish, in small letters without accents. A word with
 * `*` stands for all words that begin with it. Data: a new word is a new line. Source: infra/reference/domain.md 8.6.
 */
export const words = {
  CRISIS: listOf(`
    kill myself, killing myself, suicid*, end my life, end it all, take my life, want to die,
    wanted to die, better off dead, hurt myself, hurting myself, harm myself, self harm*, self-harm*,
    cut myself, cutting myself, overdos*, no reason to live, can't go on, cant go on, cannot go on,
    don't want to live, dont want to live, do not want to live, goodbye forever, won't be here,
    wont be here, last goodbye, kill him, kill her, kill them, beats me, hits me, afraid for my life,
    matarme, quitarme la vida, quiero morir, me quiero morir, no quiero vivir, hacerme dano, lastimarme,
    cortarme, acabar con todo, sobredosis, me pega, no puedo mas, mejor muerto, mejor muerta,
    adios para siempre, matarlo, matarla, temo por mi vida`),
  HEALTH: listOf(`
    treatment*, recover*, sober*, sobri*, rehab*, detox*, addic*, alcohol*, drug*, drink*, heroin*,
    meth, cocain*, opioid*, fentanyl, suboxone, methadone, buprenorphine, depress*, anxi*, bipolar*,
    schizo*, ptsd, trauma*, psych*, therap*, counsel*, clinic*, hospital*, diagnos*, medic*, pills, hiv,
    hepatitis, pregnan*, disorder*, mental*, relaps*, illness*, prison*, jail*, probation, parole,
    shelter*, homeless*, tratamiento*, recuper*, desintox*, adicc*, adict*, droga*, heroina, cocaina,
    metadona, depresion*, deprimid*, ansied*, psiq*, psicol*, terap*, pastillas, vih, embaraz*,
    trastorno*, recaida*, carcel, prision, refugio, albergue, enfermedad*, salud, clean, limpio, limpia`),
  NAME: listOf(`
    aaron, adam, alejandro, alex, alexander, alice, amanda, amy, ana, andrea, andrew, angela, anna,
    anthony, antonio, ashley, barbara, ben, benjamin, betty, brandon, brian, carlos, carmen, carol,
    catherine, charles, chris, christina, christopher, cynthia, daniel, david, deborah, diana, diego,
    donna, dorothy, edward, elena, elizabeth, emily, emma, eric, fernando, francisco, gabriel, george,
    guadalupe, helen, isabel, jack, jacob, james, janet, jason, javier, jeff, jennifer, jeremy, jessica,
    jesus, joan, joe, john, jonah, jonathan, jorge, jose, joseph, josh, joshua, juan, juana, julia,
    julie, justin, karen, kathleen, kelly, kevin, kim, laura, leila, linda, lisa, lucia, luis, luke,
    manuel, margaret, maria, marta, mary, matt, matthew, megan, melissa, michael, michelle, miguel, mike,
    nancy, nicole, olivia, otto, pablo, pamela, patricia, patrick, paul, pedro, peter, rachel, rafael,
    raymond, rebecca, ricardo, richard, robert, roberto, rosa, ruth, ryan, sam, samantha, samuel, sandra,
    sara, sarah, scott, sharon, sofia, sophia, stephanie, stephen, steven, susan, teresa, thomas, tim,
    timothy, tom, tyler, veronica, victor, william, xavier`),
};

function listOf(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}

/** Words with a capital letter inside a sentence that are no names. */
export const harmlessCapitals: ReadonlySet<string> = new Set([
  ...['i', "i'm", "i've", "i'll", "i'd", 'thank', 'thanks', 'god', 'dios', 'gracias', 'english', 'spanish'],
  ...[
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    'sunday',
    'january',
    'february',
    'march',
  ],
  ...['april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'christmas'],
]);
