'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listen } from './listen.ts';
import { createRefresher } from './refresher.ts';
import type { News } from './sim-shapes.ts';

const everything = ['numbers', 'people', 'chat', 'behaviour', 'clock', 'wire'] as const;
/** The simulator names so many chats at most; beyond it any may have changed. */
const chatsNamed = 100;

/** Fetches what the simulator says has changed. False while its news do not come through. */
export function useLive(): boolean {
  const client = useQueryClient();
  const [isLive, setLive] = useState(true);
  useEffect(() => {
    const refresh = createRefresher((topic) => client.invalidateQueries({ queryKey: topic.split(' ') }), 250);
    return listen({
      onLive: setLive,
      onNews: (news) => {
        for (const topic of topicsOf(news)) refresh(topic);
      },
    });
  }, [client]);
  return isLive;
}

/** The first word of a stream says nothing: what happened before it is unknown. */
function topicsOf({ changed, chats }: News): Iterable<string> {
  if (changed.length === 0 || changed.includes('reset')) return everything;
  const topics = new Set(changed.filter((topic) => topic !== 'chats'));
  if (topics.has('behaviour')) topics.add('clock');
  if (chats.length > 0) topics.add('people');
  if (chats.length >= chatsNamed) topics.add('chat');
  else
    for (const { phone_number_id, with: address } of chats) topics.add(`chat ${phone_number_id} ${address}`);
  return topics;
}
