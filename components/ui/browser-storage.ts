type Place = 'localStorage' | 'sessionStorage';

// A browser may keep nothing: private windows, a full disk. Then there is nothing, and nothing fails.

export function get(place: Place, key: string): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/** An empty text is none. */
export function put(place: Place, key: string, text: string): void {
  try {
    if (text) window[place].setItem(key, text);
    else window[place].removeItem(key);
  } catch {
    // See above.
  }
}

export function removeAll(place: Place, prefix: string): void {
  try {
    for (const key of Object.keys(window[place])) if (key.startsWith(prefix)) window[place].removeItem(key);
  } catch {
    // See above.
  }
}
