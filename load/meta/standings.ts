import { z } from 'zod';

const digits = z.string().regex(/^\d{6,20}$/, 'must be digits');
const ability = z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']);

/** How a number stands with Meta. `pin` null: none was set yet, so the first registration chooses it. */
const numberStanding = z.strictObject({
  status: z.enum(['CONNECTED', 'PENDING', 'DISCONNECTED', 'BANNED', 'FLAGGED', 'RESTRICTED', 'UNVERIFIED']),
  pin: z.string().nullable(),
  codeVerificationStatus: z.enum(['VERIFIED', 'NOT_VERIFIED', 'EXPIRED']),
  platformType: z.enum(['CLOUD_API', 'ON_PREMISE', 'NOT_APPLICABLE']),
  accountMode: z.enum(['LIVE', 'SANDBOX']),
  qualityRating: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']),
  canSendMessage: ability,
});
const accountStanding = z.strictObject({
  review: z.enum(['APPROVED', 'PENDING', 'REJECTED', 'DISABLED']),
  verification: z.enum(['verified', 'not_verified', 'pending', 'rejected']),
  canSendMessage: ability,
});
/** `unreachable`: every call with it is cut off. `appId`: of which app it is, where not of its number's. */
const tokenStanding = z.strictObject({
  expired: z.boolean(),
  /** Unix seconds; 0: never. */
  expiresAt: z.number().int().min(0),
  type: z.enum(['SYSTEM_USER', 'USER', 'PAGE']),
  scopes: z.array(z.string()),
  appId: digits.nullable(),
  unreachable: z.boolean(),
});

export type NumberStanding = z.infer<typeof numberStanding>;
export type AccountStanding = z.infer<typeof accountStanding>;
export type TokenStanding = z.infer<typeof tokenStanding>;

/** `POST /_sim/standing`: one thing, and what is different about it now. */
export const newStanding = z.union([
  z.strictObject({ phoneNumberId: digits, ...numberStanding.partial().shape }),
  z.strictObject({ wabaId: digits, ...accountStanding.partial().shape }),
  z.strictObject({ token: z.string().min(1), ...tokenStanding.partial().shape }),
]);

/** What can be wrong with numbers, accounts and tokens; all is well with what nobody has spoken of. */
export type Standings = {
  number(phoneNumberId: string): NumberStanding;
  account(wabaId: string): AccountStanding;
  token(token: string): TokenStanding;
  changeNumber(phoneNumberId: string, news: Partial<NumberStanding>): NumberStanding;
  change(news: z.infer<typeof newStanding>): NumberStanding | AccountStanding | TokenStanding;
  /** All of it as JSON, and all of it again. */
  snapshot(): Record<string, unknown>;
  restore(snapshot: Record<string, unknown>): void;
  onChange(listener: () => void): void;
};

const goodNumber: NumberStanding = {
  status: 'CONNECTED',
  pin: null,
  codeVerificationStatus: 'VERIFIED',
  platformType: 'CLOUD_API',
  accountMode: 'LIVE',
  qualityRating: 'GREEN',
  canSendMessage: 'AVAILABLE',
};
const goodAccount: AccountStanding = {
  review: 'APPROVED',
  verification: 'verified',
  canSendMessage: 'AVAILABLE',
};
const goodToken: TokenStanding = {
  expired: false,
  expiresAt: 0,
  type: 'SYSTEM_USER',
  scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
  appId: null,
  unreachable: false,
};

export function createStandings(): Standings {
  let changed = () => {};
  const note = () => changed();
  const [numbers, accounts, tokens] = [
    kept(goodNumber, note),
    kept(goodAccount, note),
    kept(goodToken, note),
  ];
  return {
    number: numbers.of,
    account: accounts.of,
    token: tokens.of,
    changeNumber: numbers.change,
    change: (given) => {
      if ('phoneNumberId' in given) {
        const { phoneNumberId, ...news } = given;
        return numbers.change(phoneNumberId, news);
      }
      if ('wabaId' in given) {
        const { wabaId, ...news } = given;
        return accounts.change(wabaId, news);
      }
      const { token, ...news } = given;
      return tokens.change(token, news);
    },
    snapshot: () => ({ numbers: numbers.all(), accounts: accounts.all(), tokens: tokens.all() }),
    restore: (snapshot) => {
      numbers.restore(snapshot['numbers']);
      accounts.restore(snapshot['accounts']);
      tokens.restore(snapshot['tokens']);
    },
    onChange: (listener) => {
      changed = listener;
    },
  };
}

function kept<T extends object>(good: T, note: () => void) {
  const changed = new Map<string, T>();
  const of = (id: string) => changed.get(id) ?? good;
  return {
    of,
    change: (id: string, news: { [K in keyof T]?: T[K] | undefined }): T => {
      const given = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined));
      const next = { ...of(id), ...given };
      changed.set(id, next);
      note();
      return next;
    },
    all: () => [...changed],
    restore: (all: unknown) => {
      // The cast: written by `all` alone.
      for (const [id, standing] of all as [string, T][]) changed.set(id, standing);
    },
  };
}
