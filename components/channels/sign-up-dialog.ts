import { readSignUpMessage, type SignedUp } from './sign-up-message.ts';

type Dialog = { appId: string; configId: string; version: string; simulated: boolean };
type Outcome = { code: string; phoneNumberId: string; wabaId: string } | { problem: string };

type LoginAnswer = { authResponse?: { code?: string } | null };
type Sdk = {
  init: (options: object) => void;
  login: (callback: (answer: LoginAnswer) => void, options: object) => void;
};

const realSdk = 'https://connect.facebook.net/en_US/sdk.js';
const simulatedSdk = '/_sim/signup-sdk.js';

/** Opens Meta's dialog and waits for both of its answers: the code by its script, the ids by a message of its window. */
export async function openDialog(dialog: Dialog): Promise<Outcome> {
  const page = new AbortController();
  let signedUp: SignedUp | undefined;
  window.addEventListener(
    'message',
    ({ origin, data }: MessageEvent<unknown>) => {
      signedUp =
        readSignUpMessage({ origin, data }, dialog.simulated ? window.location.origin : null) ?? signedUp;
    },
    { signal: page.signal },
  );
  try {
    const sdk = await loadSdk(dialog);
    const code = await login(sdk, dialog.configId);
    if (signedUp && 'problem' in signedUp) return signedUp;
    if (!code) return { problem: 'The window was closed before it was finished. Nothing was connected.' };
    if (!signedUp) return { problem: 'Meta did not say which number it is. Go through the window again.' };
    return { code, ...signedUp };
  } catch {
    return {
      problem:
        'Meta’s window could not be opened. A blocker for ads or windows may be in the way; allow it here.',
    };
  } finally {
    page.abort();
  }
}

let loaded: Promise<Sdk> | undefined;

function loadSdk({ appId, version, simulated }: Dialog): Promise<Sdk> {
  loaded ??= new Promise<Sdk>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = simulated ? simulatedSdk : realSdk;
    script.async = true;
    script.onerror = () => {
      loaded = undefined;
      script.remove();
      reject(new Error('not loaded'));
    };
    script.onload = () => {
      // The cast: Meta's script puts itself there.
      const { FB } = window as unknown as { FB?: Sdk };
      if (!FB) return reject(new Error('not there'));
      FB.init({ appId, version, xfbml: false });
      resolve(FB);
    };
    document.head.append(script);
  });
  return loaded;
}

const login = (sdk: Sdk, configId: string): Promise<string | undefined> =>
  new Promise((resolve) =>
    sdk.login(({ authResponse }) => resolve(authResponse?.code), {
      config_id: configId,
      response_type: 'code',
      override_default_response_type: true,
      extras: { setup: {} },
    }),
  );
