import { Bot } from 'lucide-react';
import { cx } from '#components/ui/cx.ts';

type Bubble = { from: 'lead' | 'bot'; text: string; buttons: string[] };
type Props = { name: string; language: string; bubbles: readonly Bubble[] };

/** A script as the conversation that it makes; the same bubbles as in the inbox, the lead's at the start. */
export function ScriptPreview({ name, language, bubbles }: Props) {
  return (
    <section aria-label={`How “${name}” talks`} className="rounded-md bg-surface-2 p-3">
      <ol lang={language} className="space-y-2">
        {bubbles.map((bubble, index) => {
          const isBot = bubble.from === 'bot';
          return (
            // The conversation is fixed: its place is what a bubble is known by.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} className={cx('flex flex-col', isBot ? 'items-end' : 'items-start')}>
              <span className="sr-only">{isBot ? 'Bot: ' : 'Lead: '}</span>
              <div
                className={cx(
                  'max-w-[85%] overflow-hidden rounded-md text-sm text-strong',
                  isBot ? 'bg-accent-soft' : 'bg-surface-1',
                )}
              >
                <p className="px-3 py-2 wrap-anywhere">
                  {isBot && (
                    <Bot
                      aria-hidden="true"
                      strokeWidth={1.75}
                      className="me-1.5 inline-block size-3.5 align-[-0.125em] text-accent-text"
                    />
                  )}
                  {bubble.text}
                </p>
                {bubble.buttons.map((button) => (
                  <p
                    key={button}
                    className="border-t border-line px-3 py-1.5 text-center text-sm font-medium text-accent-text"
                  >
                    {button}
                  </p>
                ))}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
