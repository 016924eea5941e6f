/** Invented names from many places; they mean no real person. */
export const givenNames = (
  'Alva Bram Cosima Darnell Edda Farid Greta Hollis Imani Jorun Kiyomi Leandro Mireille Nkechi Osric Petra Quillon ' +
  'Rosalba Soren Tamsin Ursel Valdis Wren Xiomara Yusra Zelda Anselm Belinay Caspian Dorotea Emeka Fenna Gideon Hana ' +
  'Ignacio Jessamy Kofi Linnea Marisol Nadir Odalys Phuong Rafiq Saoirse Thaddeus Umeko Viorel Wilhelmina Yannick Zora'
).split(' ');

export const familyNames = (
  'Abernoth Brackwater Castellun Dunmarrow Eskelund Farrowgate Grimsward Hollowell Ivesdale Jarnovic Kestrelby ' +
  'Lumbardo Marchetti-Voss Nightingell Okonjare Pemberlough Quaresmo Rindelhof Saltmarsh Thornquist Ulvesson Vantreight ' +
  'Wexcombe Yarrowby Zelenkov Aldemarr Birkensnaw Corvallo Drummondel Evershade'
).split(' ');

/** Written from right to left, and stored exactly so. */
export const rightToLeftNames = ['ليان سمارون', 'נועה ברקיאלי'] as const;

export const counties = ['Marrow County', 'Tallpine County', 'Lower Fenwick County'] as const;

export const cities = [
  'Millhaven',
  'Cedar Fork',
  'Old Quarry',
  'Lantern Bay',
  'Ashbourne Flats',
  'Three Bridges',
] as const;

export const streets = [
  'Juniper Street',
  'Harbor Lane',
  'Foundry Road',
  'Larkspur Avenue',
  'Second Street',
  'Mill Race',
] as const;

export const agencyWords = [
  'Juniper',
  'Harborlight',
  'Stonebridge',
  'Larkfield',
  'Copperleaf',
  'Meadowgate',
  'Brightwater',
  'Foxglove',
  'Ironwood',
  'Silverbirch',
  'Tidewater',
  'Highfield',
  'Rookery',
  'Amberlight',
  'Willowbank',
  'Greystone',
  'Saltwind',
  'Hearthside',
] as const;

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Spanish' },
  { code: 'ht', name: 'Haitian Creole' },
  { code: 'ar', name: 'Arabic' },
  { code: 'vi', name: 'Vietnamese' },
  { code: 'uk', name: 'Ukrainian' },
  { code: 'zh', name: 'Chinese' },
  { code: 'so', name: 'Somali' },
  { code: 'pt', name: 'Portuguese' },
] as const;

export const pronouns = ['she/her', 'he/him', 'they/them', 'she/they'] as const;
