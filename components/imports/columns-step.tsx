'use client';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { FileLine } from './file-line.tsx';
import { Frame } from './import-frame.tsx';
import { columnOfValue, newFields, parts, valueOfColumn } from './import-words.ts';
import { type Column, type OpenImport, type Options, useCountries, useImportDeeds } from './imports.ts';

type Props = { shown: OpenImport; onDone: () => void; onLeave: () => void };

/** What each column is: guessed from its name and its rows, and for people to correct. */
export function ColumnsStep({ shown, onDone, onLeave }: Props) {
  const { slug: tenant } = useMember();
  const { choose, cancel } = useImportDeeds();
  const countries = useCountries();
  const [options, setOptions] = useState<Options>(shown.options);
  const change = (part: Partial<Options>) => setOptions({ ...options, ...part });
  const { format, fields, id } = shown;
  const hasDates = options.columns.some((column) => 'dates' in column && column.dates !== undefined);
  const order =
    options.columns.flatMap((column) => ('dates' in column && column.dates) || [])[0] ?? 'day-month';
  return (
    <Frame
      step={1}
      actions={
        <>
          <Button
            busy={cancel.isPending}
            onClick={() => cancel.mutate({ tenant, id }, { onSuccess: onLeave })}
            className="max-[899px]:h-11"
          >
            Another file
          </Button>
          <Button
            look="primary"
            busy={choose.isPending}
            onClick={() => choose.mutate({ tenant, id, options }, { onSuccess: onDone })}
            className="max-[899px]:h-11"
          >
            Check
          </Button>
        </>
      }
    >
      <FileLine shown={shown} />
      {format.question && (
        <Notice tone="neutral" className="mt-4">
          {format.question}
        </Notice>
      )}
      {(choose.error ?? cancel.error) && (
        <Notice tone="danger" className="mt-4">
          {wordsOf(choose.error ?? cancel.error)}
        </Notice>
      )}
      <div className="mt-6 grid gap-4 min-[900px]:grid-cols-3">
        <SelectField
          label="Country of numbers without a code"
          value={options.country ?? ''}
          onChange={({ target }) => change({ country: target.value || null })}
        >
          <option value="">None: all have one</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="First row"
          value={options.hasHeader ? 'names' : 'person'}
          onChange={({ target }) => change({ hasHeader: target.value === 'names' })}
        >
          <option value="names">Names of columns</option>
          <option value="person">A person already</option>
        </SelectField>
        {format.sheets.length > 1 && (
          <SelectField
            label="Sheet"
            value={options.sheet ?? ''}
            onChange={({ target }) => change({ sheet: target.value })}
          >
            {format.sheets.map((sheet) => (
              <option key={sheet}>{sheet}</option>
            ))}
          </SelectField>
        )}
        {format.kind === 'csv' && (
          <SelectField
            label="Separator"
            value={options.delimiter ?? ','}
            onChange={({ target }) => change({ delimiter: target.value })}
          >
            <option value=",">Comma</option>
            <option value=";">Semicolon</option>
            <option value={'\t'}>Tab</option>
            <option value="|">Bar</option>
          </SelectField>
        )}
        {hasDates && (
          <SelectField
            label="Dates such as 05/06/2026"
            value={order}
            onChange={({ target }) =>
              change({
                columns: options.columns.map((column) =>
                  'dates' in column
                    ? { ...column, dates: target.value === 'month-day' ? 'month-day' : 'day-month' }
                    : column,
                ),
              })
            }
          >
            <option value="day-month">Day first</option>
            <option value="month-day">Month first</option>
          </SelectField>
        )}
      </div>
      <ul aria-label="Columns" className="mt-6 divide-y divide-line">
        {format.names.map((name, index) => {
          const column: Column = options.columns[index] ?? { to: 'nothing' };
          const samples = format.samples.flatMap((row) => row[index]?.trim() || []).slice(0, 3);
          return (
            // A column is where it stands in the file.
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves
            <li key={index} className="grid items-center gap-x-6 gap-y-2 py-3 min-[900px]:grid-cols-2">
              <div className="min-w-0">
                <p className="text-sm font-medium wrap-anywhere text-strong">{name}</p>
                <p className="num truncate text-xs text-muted">{samples.join(' · ') || 'empty'}</p>
              </div>
              <SelectField
                label={`“${name}” is`}
                value={valueOfColumn(column)}
                onChange={({ target }) =>
                  change({
                    columns: format.names.map((own, at) =>
                      at === index
                        ? columnOfValue(target.value, own, column)
                        : (options.columns[at] ?? { to: 'nothing' }),
                    ),
                  })
                }
              >
                {[...parts, ...fields.map(({ key, name }) => [`field ${key}`, name] as const)].map(
                  ([value, words]) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ),
                )}
                {newFields.map(([kind, words]) => (
                  <option key={kind} value={`make ${kind}`}>
                    {words}
                  </option>
                ))}
              </SelectField>
            </li>
          );
        })}
      </ul>
    </Frame>
  );
}
