'use client';
import type { LucideIcon } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useId, useState } from 'react';
import { keyListener } from './key-listener.ts';

/** Something that can be done now, by key or by name. */
export type Action = {
  label: string;
  icon?: LucideIcon;
  /** One key ("e"), two after another ("g i"), or with Ctrl or ⌘ ("mod+k"). */
  keys?: string;
  run: () => void;
  /** Only a key, not a line in the palette: moving about, for example. */
  keyOnly?: boolean;
};

export class ActionRegistry {
  private groups = new Map<string, readonly Action[]>();
  set(owner: string, actions: readonly Action[]) {
    this.groups.set(owner, actions);
  }
  remove(owner: string) {
    this.groups.delete(owner);
  }
  all(): Action[] {
    return [...this.groups.values()].flat();
  }
}

const RegistryContext = createContext<ActionRegistry>(new ActionRegistry());

/** Listens for the keys of all actions offered below it. */
export function ActionProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ActionRegistry());
  useEffect(() => {
    const listener = keyListener(() => registry.all());
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Offers these actions as long as the component is there. */
export function useActions(actions: readonly Action[]): void {
  const registry = useContext(RegistryContext);
  const owner = useId();
  useEffect(() => registry.set(owner, actions));
  useEffect(() => () => registry.remove(owner), [registry, owner]);
}

/** What can be done at the moment. Ask when it is needed: the answer changes. */
export function useActionRegistry(): ActionRegistry {
  return useContext(RegistryContext);
}
