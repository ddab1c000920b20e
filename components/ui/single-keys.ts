/** Single keys as shortcuts get in the way of speech input and of shaky hands, so they can be switched off. */
const storageKey = 'parley-single-keys';

export function singleKeysAreOn(): boolean {
  return typeof localStorage === 'undefined' || localStorage.getItem(storageKey) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
}
