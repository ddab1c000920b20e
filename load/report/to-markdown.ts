import { type Block, isNumeric } from './document.ts';

export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks.flatMap(write).join('\n\n')}\n`;
}

function write(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${block.text}`];
    case 'text':
      return [block.text];
    case 'list':
      return [block.items.map((item) => `- ${item}`).join('\n')];
    case 'lines':
      return [`\`\`\`\n${block.text}\n\`\`\``];
    case 'table':
      return [
        [
          block.head,
          block.head.map((_, column) => (isNumeric(block.rows, column) ? '---:' : '---')),
          ...block.rows,
        ]
          .map((cells) => `| ${cells.join(' | ')} |`)
          .join('\n'),
      ];
    case 'source':
      return [`Measured in ${block.files.map((file) => `\`${file}\``).join(', ')}.`];
    case 'chart':
      return [];
  }
}
