/** Something ready to send: the kind and its body, as a webhook carries it. */
export type Sample = { type: string; [body: string]: unknown };

// 64 hexadecimal digits, as Meta sends with every file; nothing is fetched by it.
const sha256 = 'a3f5c1d2'.repeat(8);

const file = (id: string, mimeType: string, more = {}) => ({ id, mime_type: mimeType, sha256, ...more });

/** What the phone's plus offers. The files have ids only: the simulator keeps no bytes. */
export const samples = {
  photo: {
    type: 'image',
    image: file('1003383421387256', 'image/jpeg', { caption: 'Our roof, from the street' }),
  },
  voice: { type: 'audio', audio: file('1003383421387257', 'audio/ogg; codecs=opus', { voice: true }) },
  file: {
    type: 'document',
    document: file('1003383421387258', 'application/pdf', { filename: 'electricity-bill.pdf' }),
  },
  place: {
    type: 'location',
    location: {
      latitude: 37.44,
      longitude: -122.16,
      name: 'Home',
      address: '12 Orchard Lane',
    },
  },
  contact: {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Ines Moreau', first_name: 'Ines', last_name: 'Moreau' },
        phones: [{ phone: '+33 6 12 34 56 78', wa_id: '33612345678', type: 'CELL' }],
      },
    ],
  },
} as const satisfies Record<string, Sample>;
