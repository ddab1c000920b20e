import { type Block, isNumeric } from './document.ts';

/** One page that needs nothing else: styles and charts are inside. */
export function toHtml(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${blocks.map(write).join('\n')}
</main>
</body>
</html>
`;
}

function write(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${inline(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
    case 'lines':
      return `<pre>${escaped(block.text)}</pre>`;
    case 'table':
      return writeTable(block);
    case 'source':
      return `<p class="source">Measured in ${block.files.map((file) => `<code>${escaped(file)}</code>`).join(', ')}.</p>`;
    case 'chart':
      return `<figure>${block.svg}<figcaption>${inline(block.caption)}</figcaption></figure>`;
  }
}

function writeTable({ head, rows }: Extract<Block, { kind: 'table' }>): string {
  const side = (column: number) => (isNumeric(rows, column) ? ' class="number"' : '');
  const top = head.map((cell, column) => `<th scope="col"${side(column)}>${inline(cell)}</th>`).join('');
  const lines = rows.map(
    (cells) => `<tr>${cells.map((cell, column) => `<td${side(column)}>${inline(cell)}</td>`).join('')}</tr>`,
  );
  return `<section class="wide" tabindex="0" aria-label="${escaped(head.filter(Boolean).join(', '))}"><table><thead><tr>${top}</tr></thead><tbody>${lines.join('\n')}</tbody></table></section>`;
}

/** The few marks of Markdown that the texts use. */
const inline = (words: string): string =>
  escaped(words)
    .replaceAll(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/`(.+?)`/g, '<code>$1</code>');

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
:root { color-scheme: light dark; --ink: #14202a; --soft: #52616d; --line: #dbe1e6; --paper: #fff; --brand: #0a6470; --band: #9cc3c9; --warn: #a3202a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eef2; --soft: #9fb0bc; --line: #2c3a44; --paper: #10181e; --brand: #5fb8c4; --band: #2b5a62; --warn: #ff8a8f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1.5rem; } h3 { margin-top: 2rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .92rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.number { text-align: right; white-space: nowrap; } th { color: var(--soft); font-weight: 500; }
.source { color: var(--soft); font-size: .85rem; } code { font-size: .9em; overflow-wrap: anywhere; } pre { overflow-x: auto; border: 1px solid var(--line); padding: 1rem; }
figure { margin: 1.5rem 0; } figcaption { color: var(--soft); font-size: .85rem; } svg { width: 100%; height: auto; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; } svg .strong { fill: var(--ink); font-weight: 600; }
`;
