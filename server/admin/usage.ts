/** Where counting ends, so that a tenant's millions cost no more than this. */
export const mostCounted = 10_000;
