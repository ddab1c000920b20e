'use client';
import type { ComponentPropsWithRef, MouseEvent } from 'react';

/** Changes the address without asking the server for a page: for places that the browser can draw from what it has. */
export function goShallow(href: string): void {
  if (href !== window.location.pathname + window.location.search) window.history.pushState(null, '', href);
}

/** A link as good as any (new tab, copy, works before the page listens) that on a plain click goes shallowly. */
export function ShallowLink({ href, onClick, ...rest }: ComponentPropsWithRef<'a'> & { href: string }) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain || event.defaultPrevented) return;
    event.preventDefault();
    goShallow(href);
  }
  return <a href={href} onClick={follow} {...rest} />;
}
