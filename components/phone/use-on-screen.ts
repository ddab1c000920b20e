'use client';
import { type RefObject, useEffect, useState } from 'react';

/** True while the element is seen: it is laid out, in the viewport, and the tab is in front. */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let isShown = false;
    const tell = () => setSeen(isShown && document.visibilityState === 'visible');
    const observer = new IntersectionObserver((entries) => {
      isShown = entries.at(-1)?.isIntersecting ?? false;
      tell();
    });
    observer.observe(target);
    document.addEventListener('visibilitychange', tell);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', tell);
    };
  }, [element]);
  return isSeen;
}
