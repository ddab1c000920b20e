import { nextStep, type RunState } from '#server/bot/next-step.ts';
import type { Script } from '#server/bot/script.ts';

/** One bubble of a conversation that has not happened. */
export type Bubble = { from: 'lead' | 'bot'; text: string; buttons: string[] };

/** How the script talks to somebody who writes these, one after the other; the title of an offered button taps it. */
export function previewScript(script: Script, writes: readonly string[], leadName: string): Bubble[] {
  const bubbles: Bubble[] = [];
  let state: RunState | null = null;
  let offered: readonly { id: string; title: string }[] = [];
  for (const text of writes) {
    const replyId = offered.find(({ title }) => title === text)?.id ?? null;
    const turn = nextStep(script, state, { text, replyId, leadName });
    state = turn.state;
    const buttons = turn.says.flatMap((said) => (said.kind === 'buttons' ? said.buttons : []));
    bubbles.push({ from: 'lead', text, buttons: [] }, ...turn.says.map(bubbleOf));
    offered = buttons;
  }
  return bubbles;
}

function bubbleOf(said: ReturnType<typeof nextStep>['says'][number]): Bubble {
  const buttons = said.kind === 'buttons' ? said.buttons.map(({ title }) => title) : [];
  return { from: 'bot', text: said.body, buttons };
}
