import type { Fields } from './payload.ts';

/** Service messages that a number may send free of charge in a calendar month (since October 2026). */
const freePerMonth = 1000;

/** Says what a message costs, and counts the free ones. */
export type Pricing = {
  price(phoneNumberId: string, isTemplate: boolean, now: number): Fields;
  clear(): void;
};

export function createPricing(): Pricing {
  const counters = new Map<string, { month: string; count: number }>();
  return {
    price: (phoneNumberId, isTemplate, now) => {
      if (isTemplate) return pmp('regular', 'utility');
      const month = new Date(now).toISOString().slice(0, 7);
      const known = counters.get(phoneNumberId);
      const count = (known?.month === month ? known.count : 0) + 1;
      counters.set(phoneNumberId, { month, count });
      return pmp(count <= freePerMonth ? 'free_customer_service' : 'regular', 'service');
    },
    clear: () => counters.clear(),
  };
}

function pmp(type: 'regular' | 'free_customer_service', category: 'service' | 'utility'): Fields {
  return { billable: type === 'regular', pricing_model: 'PMP', type, category };
}
