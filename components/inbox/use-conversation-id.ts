'use client';
import { usePathname } from 'next/navigation';
import { conversationIn } from './paths.ts';

/** The open conversation, by the address. */
export function useConversationId(): string | null {
  return conversationIn(usePathname());
}
