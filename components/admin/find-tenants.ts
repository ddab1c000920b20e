/** Tenants whose name or slug contains every word, whatever their case and accents. */
export function findTenants<T extends { name: string; slug: string }>(
  tenants: readonly T[],
  words: string,
): T[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return tenants.filter(({ name, slug }) => {
    const text = plain(`${name} ${slug}`);
    return wanted.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
