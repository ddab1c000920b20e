'use client';
import { ArrowDownWideNarrow, CalendarPlus, Columns3 } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuCheck, MenuChoice, MenuGroup, MenuSeparator } from '#components/ui/menu.tsx';
import type { Choices, Sort } from './leads.ts';
import { type Column, columnNames, type useColumns } from './use-columns.ts';

type Props = {
  columns: ReturnType<typeof useColumns>;
  fields: Choices['fields'];
  sort: Sort;
  onSort: (sort: Sort) => void;
};

const sorts = [
  { value: 'last', label: 'Last message', icon: ArrowDownWideNarrow },
  { value: 'added', label: 'Added', icon: CalendarPlus },
] as const;

export function ColumnMenu({ columns, fields, sort, onSort }: Props) {
  const all: { column: Column; name: string }[] = [
    ...Object.entries(columnNames).map(([column, name]) => ({ column: column as Column, name })),
    ...fields.map(({ key, name }) => ({ column: `own:${key}` as const, name })),
  ];
  return (
    <Menu
      align="end"
      trigger={
        <Button look="ghost" icon={Columns3}>
          Columns
        </Button>
      }
    >
      <MenuChoice label="Sorted by" value={sort} options={sorts} onChoose={onSort} />
      <MenuSeparator />
      <MenuGroup label="Columns">
        {all.map(({ column, name }) => (
          <MenuCheck
            key={column}
            checked={columns.shown.includes(column)}
            onChange={(on) => columns.toggle(column, on)}
          >
            {name}
          </MenuCheck>
        ))}
      </MenuGroup>
    </Menu>
  );
}
