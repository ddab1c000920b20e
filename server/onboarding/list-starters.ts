import { type Bubble, previewScript } from './preview-script.ts';
import {
  type StarterId,
  starterIds,
  starterLanguage,
  starterPlays,
  starterScript,
  starters,
  textsOf,
} from './starters.ts';

/** A script to begin with, and how it talks. */
export type StarterView = { id: StarterId; name: string; summary: string; preview: Bubble[] };

/** The scripts that a business can begin with, in its language, or in English where there are no words for that. */
export function listStarters({ name, language }: { name: string; language: string }) {
  const { sample } = textsOf(language);
  const list = starterIds.map((id): StarterView => {
    const plays = starterPlays(id, language);
    return {
      ...{ id, name: starters[id].name, summary: starters[id].summary },
      preview: previewScript(starterScript(id, name, language), plays, sample.name.split(' ')[0] ?? ''),
    };
  });
  return { language: starterLanguage(language), starters: list };
}
