import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { failed, passed, type Verdict } from './check.ts';
import { isOfAnotherApp } from './judge-token.ts';
import { judgeNoAnswer } from './refused.ts';
import { copySecret } from './remedies.ts';

/** Number 2: debug_token, asked as `APPID|APPSECRET`, is answered to nobody else. */
export function judgeSecret(byApp: GraphReply, appId: string): Verdict {
  if (byApp.kind === 'answer' || isOfAnotherApp(byApp)) return passed('secret');
  if (byApp.kind === 'unreachable') return judgeNoAnswer('secret', byApp);
  const { code, message } = byApp.refusal;
  if (code === 101)
    return failed(
      'Meta knows no such app',
      `There is no app ${appId}.`,
      ['Open developers.facebook.com, then My apps, and choose yours.', 'Copy the App ID at the top.'],
      'ids',
    );
  if (code === 190 || code === 1 || code === 102 || code === 104)
    return failed(
      'The app secret is wrong',
      'Meta signs every message with it, so with a wrong one none could be trusted.',
      [...copySecret(appId), 'Paste it here. It is stored encrypted and never shown again.'],
      'secret',
    );
  return { ...judgeNoAnswer('secret', byApp), detail: `Meta says: ${message}` };
}
