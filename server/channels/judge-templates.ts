import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { failed, passed, type Verdict } from './check.ts';
import { judgeNoAnswer, newTokenSteps } from './refused.ts';

/** Number 7: whether the account's templates can be read. Without them replies work, and nothing after 24 hours. */
export function judgeTemplates(templates: GraphReply): Verdict {
  if (templates.kind === 'answer') return passed('templates');
  const verdict = judgeNoAnswer('templates', templates);
  if (verdict.state !== 'failed') return verdict;
  return failed(
    'We may not read your templates',
    `${verdict.detail} Replies work; templates after 24 hours do not.`,
    verdict.mend === 'token' ? newTokenSteps : verdict.steps,
    verdict.mend,
  );
}
