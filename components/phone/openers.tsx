'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { type Chat, chatQuery, write } from './sim.ts';

const openers = ['Hello', 'What are your opening hours?', 'Can I talk to a person?'] as const;

/** For who looks at the phone for the first time: something to say, and it is said. */
export function Openers({ chat }: { chat: Chat }) {
  const client = useQueryClient();
  const writing = useMutation({
    mutationFn: (text: string) => write(chat, { text }),
    onSuccess: () => client.invalidateQueries({ queryKey: chatQuery(chat).queryKey }),
  });
  return (
    <>
      <ul className="flex flex-wrap justify-center gap-2">
        {openers.map((text) => (
          <li key={text}>
            <Button
              size="small"
              busy={writing.isPending && writing.variables === text}
              onClick={() => writing.mutate(text)}
              className="max-[899px]:h-11"
            >
              {text}
            </Button>
          </li>
        ))}
      </ul>
      {writing.isError && (
        <p role="alert" className="mt-2 text-xs text-danger">
          Not sent: {writing.error.message}
        </p>
      )}
    </>
  );
}
