import { Tag, type TagTone } from '#components/ui/tag.tsx';
import type { TenantState } from './queries.ts';

const looks: Record<TenantState, { words: string; tone: TagTone }> = {
  active: { words: 'Active', tone: 'neutral' },
  suspended: { words: 'Suspended', tone: 'danger' },
  deleting: { words: 'To be deleted', tone: 'danger' },
  erasing: { words: 'Being erased', tone: 'danger' },
};

export const stateWords = (state: TenantState): string => looks[state].words;

export function StateTag({ state }: { state: TenantState }) {
  return <Tag tone={looks[state].tone}>{looks[state].words}</Tag>;
}
