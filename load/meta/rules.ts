import { z } from 'zod';

const filter = {
  /** How many sends it meets before it is used up; null: it stands until it is deleted. */
  times: z.number().int().min(1).nullable().default(1),
  phone_number_id: z.string().optional(),
  to: z
    .string()
    .transform((to) => to.replace(/^\+/, ''))
    .optional(),
  type: z.string().optional(),
};

/** A rule about sends to come, as `POST /_sim/rules` takes it. */
export const newRule = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('refuse'),
    code: z.number().int(),
    http_status: z.number().int().min(400).max(599).optional(),
    details: z.string().optional(),
    ...filter,
  }),
  z.strictObject({ action: z.literal('hang'), delivered: z.boolean().default(true), ...filter }),
  z.strictObject({ action: z.literal('reset'), delivered: z.boolean().default(true), ...filter }),
  z.strictObject({ action: z.literal('slow'), ms: z.number().int().min(0).max(600_000), ...filter }),
  z.strictObject({ action: z.literal('fail'), code: z.number().int(), ...filter }),
]);

export type Rule = z.infer<typeof newRule> & { readonly id: number };

export type Rules = {
  all(): Rule[];
  add(rule: z.infer<typeof newRule>): Rule;
  remove(id: number): boolean;
  clear(): void;
  /** The first rule that is about this send, and one use of it less. */
  use(send: { phoneNumberId: string; to: string; type: string }): Rule | undefined;
};

export function createRules(): Rules {
  let rules: Rule[] = [];
  let last = 0;
  return {
    all: () => rules,
    add: (rule) => {
      last += 1;
      const numbered = { ...rule, id: last };
      rules.push(numbered);
      return numbered;
    },
    remove: (id) => {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear: () => {
      rules = [];
    },
    use: (send) => {
      const rule = rules.find((candidate) => isAbout(candidate, send));
      if (!rule || rule.times === null) return rule;
      rule.times -= 1;
      if (rule.times === 0) rules = rules.filter((other) => other !== rule);
      return rule;
    },
  };
}

function isAbout(rule: Rule, send: { phoneNumberId: string; to: string; type: string }): boolean {
  return (
    (rule.phone_number_id === undefined || rule.phone_number_id === send.phoneNumberId) &&
    (rule.to === undefined || rule.to === send.to) &&
    (rule.type === undefined || rule.type === send.type)
  );
}
