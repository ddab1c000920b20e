export function inboxPath(tenant: string): `/t/${string}/inbox` {
  return `/t/${encodeURIComponent(tenant)}/inbox`;
}

export function conversationPath(tenant: string, id: string): `/t/${string}/inbox/${string}` {
  return `${inboxPath(tenant)}/${encodeURIComponent(id)}`;
}

/** The conversation that an address opens; null for the inbox alone. */
export function conversationIn(pathname: string): string | null {
  const id = /^\/t\/[^/]+\/inbox\/([^/]+)\/?$/.exec(pathname)?.[1];
  return id === undefined ? null : decodeURIComponent(id);
}
