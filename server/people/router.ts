import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { countries } from '#server/leads/read-phone.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { memberProcedure } from '#server/tenants/member-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { addLead } from './add-lead.ts';
import { changeForm, whoForm } from './bulk-change.ts';
import { changeMany, listChanges, readChange, undoChange } from './change-many.ts';
import { listChoices, makeLabel, renameLabel } from './choices.ts';
import { deleteLabel } from './delete-label.ts';
import { editLead, leadEditForm } from './edit-lead.ts';
import { leadSorts } from './find-leads.ts';
import { leadFilterForm } from './lead-filter.ts';
import { countMatching, listLeads } from './list-leads.ts';
import { addNote, deleteNote, editNote } from './notes.ts';
import { plainText } from './plain-text.ts';
import { readLead } from './read-lead.ts';
import { readTimeline } from './read-timeline.ts';
import { restoreLead } from './restore-lead.ts';
import { changeSegment, countSegments, deleteSegment, listSegments, saveSegment } from './segments.ts';

const cursor = z
  .string()
  .max(80)
  .nullish()
  .transform((given) => given ?? null);
const filter = leadFilterForm.default({ search: '', join: 'all', conditions: [] });
const one = z.object({ id: z.uuid() });
const name = z
  .string()
  .max(80)
  .transform((text) => plainText(text))
  .refine((text) => text !== '', { error: 'Give it a name.' });
const body = z
  .string()
  .max(5_000)
  .transform((text) => plainText(text))
  .refine((text) => text !== '', { error: 'Write something first.' });
const [deletion, change] = [z.object({ who: whoForm }), z.object({ who: whoForm, deed: changeForm })];

export const peopleRouter = router({
  list: memberProcedure
    .input(z.object({ filter, sort: z.enum(leadSorts).default('last'), cursor }))
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => listLeads(tx, input))),

  /** How many match; never asked together with the list, which must not wait for it. */
  count: memberProcedure
    .input(z.object({ filter }))
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => countMatching(tx, input.filter))),

  choices: memberProcedure.query(({ ctx }) => withTenant(ctx.tenantId, listChoices)),

  makeLabel: mayProcedure('leads.edit')
    .input(z.object({ name }))
    .mutation(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => makeLabel(tx, input.name))),

  renameLabel: mayProcedure('leads.edit')
    .input(one.extend({ name }))
    .mutation(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => renameLabel(tx, input))),

  deleteLabel: mayProcedure('leads.delete')
    .input(one)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => deleteLabel(tx, { id: input.id, actor: ctx.actor })),
    ),

  segments: memberProcedure.query(({ ctx }) => withTenant(ctx.tenantId, listSegments)),

  segmentCounts: memberProcedure.query(({ ctx }) => withTenant(ctx.tenantId, countSegments)),

  saveSegment: mayProcedure('leads.edit')
    .input(z.object({ name, filter: leadFilterForm }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => saveSegment(tx, { ...input, userId: ctx.user.id })),
    ),

  changeSegment: mayProcedure('leads.edit')
    .input(one.extend({ name: name.optional(), filter: leadFilterForm.optional() }))
    .mutation(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => changeSegment(tx, input))),

  deleteSegment: mayProcedure('leads.edit')
    .input(one)
    .mutation(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => deleteSegment(tx, input.id))),

  change: mayProcedure('leads.edit')
    .input(change)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => changeMany(tx, { ...input, actor: ctx.actor })),
    ),

  delete: mayProcedure('leads.delete')
    .input(deletion)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) =>
        changeMany(tx, { ...input, deed: { kind: 'delete' }, actor: ctx.actor }),
      ),
    ),

  /** One who was deleted, as long as the thirty days last. */
  restore: mayProcedure('leads.delete')
    .input(one)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => restoreLead(tx, { id: input.id, actor: ctx.actor })),
    ),

  changes: memberProcedure.query(({ ctx }) => withTenant(ctx.tenantId, listChanges)),

  changeState: memberProcedure
    .input(one)
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => readChange(tx, input.id))),

  undoChange: mayProcedure('leads.edit')
    .input(one)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => undoChange(tx, { id: input.id, actor: ctx.actor })),
    ),

  get: memberProcedure
    .input(one)
    .query(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => readLead(tx, { id: input.id, userId: ctx.user.id })),
    ),

  timeline: memberProcedure
    .input(one.extend({ cursor }))
    .query(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => readTimeline(tx, { leadId: input.id, cursor: input.cursor })),
    ),

  add: mayProcedure('leads.edit')
    .input(
      z.object({
        phone: z.string().max(60),
        country: z.union([z.literal(''), z.enum(countries().map(({ code }) => code))]).default(''),
        name: z.string().max(200).default(''),
      }),
    )
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => addLead(tx, { ...input, actor: ctx.actor })),
    ),

  edit: mayProcedure('leads.edit')
    .input(leadEditForm.extend({ id: z.uuid() }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => editLead(tx, { ...input, actor: ctx.actor })),
    ),

  addNote: mayProcedure('leads.edit')
    .input(z.object({ leadId: z.uuid(), body }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) =>
        addNote(tx, { ...input, userId: ctx.user.id, userName: ctx.user.name }),
      ),
    ),

  editNote: mayProcedure('leads.edit')
    .input(one.extend({ body }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => editNote(tx, { ...input, userId: ctx.user.id })),
    ),

  deleteNote: mayProcedure('leads.edit')
    .input(one)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => deleteNote(tx, { id: input.id, userId: ctx.user.id })),
    ),
});
