'use client';
import { Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';

const labels: Record<string, string> = {
  'capacity.json': 'These figures as JSON',
  'capacity.csv': 'These figures as CSV',
  'load-test-analysis.md': 'Load test analysis, Markdown',
  'load-test-analysis.html': 'Load test analysis, with charts',
};

/** What is on the page, and the report where it was written, as files. */
export function ExportMenu({ reports }: { reports: string[] }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={Download} className="max-[899px]:h-11">
          Export
        </Button>
      }
    >
      {['capacity.json', 'capacity.csv', ...reports].map((file) => (
        <MenuItem key={file} onClick={() => window.location.assign(`/api/admin/capacity/${file}`)}>
          {labels[file] ?? file}
        </MenuItem>
      ))}
    </Menu>
  );
}
