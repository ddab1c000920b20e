/** Tenants whose name, slug or owner contains every word, whatever their case and accents. */
export function findTenants<T extends { name: string; slug: string; owner: string | null }>(
  tenants: readonly T[],
  words: string,
): T[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return tenants.filter(({ name, slug, owner }) => {
    const text = plain(`${name} ${slug} ${owner ?? ''}`);
    return wanted.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
