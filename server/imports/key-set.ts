/**
 * Which phone keys a file has had, and on which line first: a million in 24 MB. A key is at most fifteen digits, which a
 * double holds exactly, and no key begins with a zero.
 */
export class KeySet {
  #keys = new Float64Array(1024);
  #lines = new Int32Array(1024);
  #size = 0;

  /** The line on which the key came first; undefined, and noted with this line, when it is new. */
  add(key: string, line: number): number | undefined {
    const number = Number(key);
    if (!Number.isSafeInteger(number) || number <= 0) throw new Error('a phone key is up to fifteen digits');
    const at = this.#find(number);
    if (this.#keys[at] === number) return this.#lines[at];
    this.#keys[at] = number;
    this.#lines[at] = line;
    this.#size += 1;
    if (this.#size * 2 > this.#keys.length) this.#grow();
    return undefined;
  }

  #find(number: number): number {
    const mask = this.#keys.length - 1;
    // The lower and the upper digits both matter: numbers of one area differ in the lower ones only.
    let at = (Math.imul(number % 0x7fffffff, 0x9e3779b1) ^ Math.floor(number / 0x7fffffff)) & mask;
    while (this.#keys[at] !== 0 && this.#keys[at] !== number) at = (at + 1) & mask;
    return at;
  }

  #grow() {
    const [keys, lines] = [this.#keys, this.#lines];
    this.#keys = new Float64Array(keys.length * 2);
    this.#lines = new Int32Array(keys.length * 2);
    for (const [index, key] of keys.entries()) {
      if (key === 0) continue;
      const at = this.#find(key);
      this.#keys[at] = key;
      this.#lines[at] = lines[index] ?? 0;
    }
  }
}
