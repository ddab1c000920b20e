import { FileSpreadsheet } from 'lucide-react';
import { fileWords } from './import-words.ts';
import type { OpenImport } from './imports.ts';

/** Which file it is, and what kind of one. */
export const FileLine = ({ shown }: { shown: OpenImport }) => (
  <p className="num flex flex-wrap items-center gap-x-2 text-sm text-normal">
    <FileSpreadsheet aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
    <span className="font-medium wrap-anywhere text-strong">{shown.fileName}</span>
    <span className="text-muted">{fileWords(shown)}</span>
  </p>
);
