'use client';
import { Pencil } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { languages } from '#components/ui/language-field.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { SelectField } from '#components/ui/select-field.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { Card } from './card.tsx';
import { languageWords, sourceWords, valueWords } from './lead-words.ts';
import { type Choices, type LeadView, useLeadDeeds } from './leads.ts';

/** What is known of a lead; each line is edited in its place. */
export function LeadFacts({ lead, choices }: { lead: LeadView; choices: Choices }) {
  const { timeZone } = useMember();
  const own = choices.fields.map((field) => ({ ...field, value: lead.fields[field.key] }));
  return (
    <Card title="Details">
      <dl className="divide-y divide-line">
        <Editable lead={lead} what="name" label="Name" value={lead.name ?? ''} />
        {lead.profileName && <Fact label="On WhatsApp">{lead.profileName}</Fact>}
        {lead.username && <Fact label="User name">@{lead.username}</Fact>}
        {lead.addresses.map(({ id, kind, raw }) => (
          <Fact key={id} label={kind === 'phone' ? 'Phone' : 'WhatsApp id'}>
            {kind === 'phone' ? phoneWords(raw) : raw}
          </Fact>
        ))}
        <Editable lead={lead} what="email" label="Email" value={lead.email ?? ''} type="email" />
        <Editable
          lead={lead}
          what="language"
          label="Language"
          value={lead.language ?? ''}
          shown={languageWords(lead.language)}
          options={languages.map(({ tag, name }) => ({ value: tag, label: name }))}
        />
        {own.map(({ key, name, kind, choices: options, value }) => (
          <Editable
            key={key}
            lead={lead}
            what={{ field: key }}
            label={name}
            value={
              kind === 'boolean' ? (value === true ? 'yes' : value === false ? 'no' : '') : valueWords(value)
            }
            shown={valueWords(value)}
            type={kind === 'number' ? 'number' : kind === 'date' ? 'date' : 'text'}
            options={
              kind === 'choice'
                ? options.map((option) => ({ value: option, label: option }))
                : kind === 'boolean'
                  ? [
                      { value: 'yes', label: 'Yes' },
                      { value: 'no', label: 'No' },
                    ]
                  : undefined
            }
          />
        ))}
        <Fact label="Came by">{sourceWords[lead.source]}</Fact>
        <Fact label="Added">
          <Time
            at={lead.createdAt}
            timeZone={timeZone}
            words={tableDate(new Date(lead.createdAt), timeZone)}
          />
        </Fact>
      </dl>
    </Card>
  );
}

const line = 'grid min-h-10 grid-cols-[9rem_1fr] items-center gap-3 text-sm max-[899px]:grid-cols-[7rem_1fr]';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={line}>
      <dt className="text-muted">
        <bdi>{label}</bdi>
      </dt>
      <dd className="num min-w-0 wrap-anywhere text-strong">
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

type EditableProps = {
  lead: LeadView;
  /** One of ours, or an own field by its key. */
  what: 'name' | 'email' | 'language' | { field: string };
  label: string;
  value: string;
  /** How it is read, where that is not the value itself. */
  shown?: string;
  type?: 'text' | 'email' | 'number' | 'date';
  options?: { value: string; label: string }[] | undefined;
};

function Editable({ lead, what, label, value, shown = value, type = 'text', options }: EditableProps) {
  const { may } = useMember();
  const [editing, setEditing] = useState(false);
  const mayEdit = may.includes('leads.edit') && lead.mergedInto === null;
  if (editing)
    return (
      <div className="py-2">
        <dt className="sr-only">{label}</dt>
        <dd>
          <Form {...{ lead, what, label, value, type, options }} onDone={() => setEditing(false)} />
        </dd>
      </div>
    );
  return (
    <div className={line}>
      <dt className="text-muted">
        <bdi>{label}</bdi>
      </dt>
      <dd className="num flex min-w-0 items-center gap-1 text-strong">
        <bdi className="min-w-0 flex-1 wrap-anywhere">
          {shown || <span className="text-muted">Not known</span>}
        </bdi>
        {mayEdit && <IconButton label={`Edit ${label}`} icon={Pencil} onClick={() => setEditing(true)} />}
      </dd>
    </div>
  );
}

type FormProps = Omit<EditableProps, 'shown'> & { onDone: () => void };

function Form({ lead, what, label, value, type, options, onDone }: FormProps) {
  const { slug } = useMember();
  const { edit } = useLeadDeeds();
  const id = useId();
  const [text, setText] = useState(value);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (edit.isPending) return;
    const change = typeof what === 'string' ? { [what]: text } : { fields: { [what.field]: text } };
    edit.mutate({ tenant: slug, id: lead.id, ...change }, { onSuccess: onDone });
  }
  return (
    <form id={id} method="post" onSubmit={submit} className="flex flex-wrap items-end gap-2">
      {options ? (
        <SelectField
          label={label}
          value={text}
          onChange={({ target }) => setText(target.value)}
          className="min-w-48 flex-1"
        >
          <option value="">Not known</option>
          {value !== '' && !options.some((option) => option.value === value) && (
            <option value={value}>{value}</option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </SelectField>
      ) : (
        <Field
          label={label}
          type={type}
          step="any"
          maxLength={type === 'email' ? 320 : 2_000}
          autoComplete="off"
          autoFocus
          value={text}
          onChange={({ target }) => setText(target.value)}
          className="min-w-48 flex-1"
        />
      )}
      <Button onClick={onDone}>Cancel</Button>
      <Button type="submit" look="primary" busy={edit.isPending}>
        Save
      </Button>
      {edit.isError && (
        <p role="alert" className="w-full text-xs text-danger">
          {wordsOf(edit.error)}
        </p>
      )}
    </form>
  );
}
