import { createContext, useContext } from 'react';
import type { Refresher } from './refresher.ts';

export const RefresherContext = createContext<Refresher | null>(null);

/** Keeps what is on the screen as the server has it. Only below `InboxRoom`. */
export function useRefresher(): Refresher {
  const refresher = useContext(RefresherContext);
  if (!refresher) throw new Error('useRefresher needs an InboxRoom above it');
  return refresher;
}
