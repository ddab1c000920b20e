/** A shorter one may be any word. */
const shortest = 6;

/**
 * Meta's words about a request without the secrets that went with it: it quotes what it does not like ("Malformed access
 * token EAAG…"), and its words are shown, stored and sent by letter.
 */
export function hideSecrets(words: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((left, secret) => left.replaceAll(secret, '…'), words);
}
