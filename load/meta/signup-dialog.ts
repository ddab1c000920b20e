import type { ServerResponse } from 'node:http';

/** What stands in for Meta's script: `FB.init`, and `FB.login`, which opens the dialog and answers with its code. */
const sdk = `
window.FB = {
  init(options) { this.appId = options.appId; },
  login(callback) {
    const dialog = window.open('/_sim/signup?app_id=' + encodeURIComponent(this.appId), 'signup', 'width=480,height=640');
    if (!dialog) throw new Error('blocked');
    let done = false;
    const end = (code) => {
      if (done) return;
      done = true;
      clearInterval(watching);
      window.removeEventListener('message', hear);
      callback(code ? { status: 'connected', authResponse: { code } } : { status: 'unknown', authResponse: null });
    };
    const hear = ({ origin, data }) => {
      if (origin === location.origin && data && data.type === 'SIMULATED_LOGIN') end(data.code);
    };
    const watching = setInterval(() => dialog.closed && setTimeout(end, 300), 200);
    window.addEventListener('message', hear);
  },
};
`;

/** The dialog: a business's name, and on. It posts what Meta's posts, to the page that opened it. */
const dialog = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simulated sign-up</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 24rem; margin: 2rem auto; padding: 0 1rem; }
  input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; margin: .25rem 0 .75rem; }
</style></head>
<body><main>
<h1>Simulated Meta</h1>
<p>Here a business signs in at Facebook and chooses its number. The simulated one makes up both.</p>
<form>
  <label>Business name <input name="name" value="Kiosk" required maxlength="100"></label>
  <button type="submit">Finish</button>
  <button type="button">Cancel</button>
  <p role="alert"></p>
</form>
<script>
  const tell = (message) => window.opener.postMessage(message, location.origin);
  const form = document.querySelector('form');
  const appId = new URLSearchParams(location.search).get('app_id');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await fetch('/_sim/signup', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appId, verifiedName: form.elements.name.value }),
    });
    const { code, error, ...data } = await answer.json();
    if (!answer.ok) { document.querySelector('[role=alert]').textContent = error; return; }
    tell(JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data }));
    tell({ type: 'SIMULATED_LOGIN', code });
    window.close();
  });
  form.querySelector('[type=button]').addEventListener('click', () => {
    const data = { current_step: 'PHONE_NUMBER_SETUP' };
    tell(JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data }));
    tell({ type: 'SIMULATED_LOGIN' });
    window.close();
  });
</script>
</main></body></html>
`;

const pages: Readonly<Record<string, readonly [type: string, text: string]>> = {
  'GET /signup-sdk.js': ['text/javascript; charset=UTF-8', sdk],
  'GET /signup': ['text/html; charset=UTF-8', dialog],
};

/** The sign-up dialog and its script, where that was asked for. */
export function answerSignupPage(route: string, response: ServerResponse): boolean {
  const page = Object.hasOwn(pages, route) ? pages[route] : undefined;
  if (!page) return false;
  response.writeHead(200, { 'content-type': page[0] });
  response.end(page[1]);
  return true;
}
