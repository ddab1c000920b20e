import { reportAssumptions } from '#load/model/assumptions.ts';
import { newId } from '#server/db/id.ts';
import type { Permission } from '#server/tenants/roles.ts';
import type { makeFullTenant } from './full-tenant.ts';

/** A tenant of the matrix: `ids` has the id of one of its rows for every table that has ids. */
export type MatrixTenant = Awaited<ReturnType<typeof makeFullTenant>> & {
  admin: { id: string; email: string; name: string; superadmin: boolean };
  ids: Record<string, string>;
};

/** Its input but for `tenant`, made with that tenant's rows: with another tenant's nothing may come of it. */
type Input = (tenant: MatrixTenant) => Record<string, unknown>;

export type Row = {
  /**
   * Who gets in: `public` everybody · `signed-in` whoever has a session · `place` a member, in a suspended tenant too ·
   * `member` any member · a permission: the roles that have it · `superadmin`.
   */
  who: 'public' | 'signed-in' | 'place' | 'member' | 'superadmin' | Permission;
  input: Input;
  /** Answered in a suspended tenant too. */
  whileClosed?: boolean;
  /** What the first who may gets: an answer, unless this says which refusal. */
  answer?: string;
  /** What another tenant's ids get, where the input has some: that there is nothing. */
  foreign?: string;
};

const row =
  (who: Row['who']) =>
  (input: Input = () => ({}), more: Omit<Row, 'who' | 'input'> = {}): Row => ({ who, input, ...more });

const everybody = row('public');
const signedIn = row('signed-in');
const place = row('place');
const member = row('member');
const superadmin = row('superadmin');
const may = (permission: Permission, ...rest: Parameters<typeof member>) => row(permission)(...rest);

const [password, newPassword] = ['secret of the test', 'horse battery staple'];
const importOptions = {
  ...{ columns: [{ to: 'phone' }], hasHeader: true, country: null, label: null, onKnown: 'fill' },
  ...{ pace: 'gentle', sheet: null, delimiter: null },
};
const tier = {
  ...{ name: 'Large', leads: null, activeConversations: 4_500, messages: null, peakRate: 2, burst: 60 },
  ...{ members: 10, channels: 3, grace: 0 },
};
const newEmail = () => `${newId()}@matrix.example`;
const whileClosed = { whileClosed: true };
const refusedByMeta = { answer: 'PRECONDITION_FAILED' };

/**
 * Every procedure of the router, each in one line: who gets in, and an input that is right. `server/router.test.ts`
 * calls each as everybody and with another tenant's ids, and fails for a procedure without its line;
 * `server/router.fuzz.test.ts` calls them with anything else.
 */
export const procedureRows: Record<string, Row> = {
  'exports.list': may('leads.export', undefined, whileClosed),
  'exports.columns': may('leads.export', undefined, whileClosed),
  'exports.order': may(
    'leads.export',
    () => ({ who: { filter: {} }, columns: ['name'], format: 'csv' }),
    whileClosed,
  ),
  'exports.open': may('leads.export', ({ ids }) => ({ id: ids['exports'] }), {
    ...{ ...whileClosed, answer: 'NOT_FOUND' },
  }),
  'consent.history': member(({ leadId }) => ({ leadId })),
  'consent.set': member(({ leadId }) => ({ leadId, state: 'in', proof: 'Signed the form' })),
  'consent.block': member(({ leadId }) => ({ leadId }), refusedByMeta),
  'consent.unblock': member(({ leadId }) => ({ leadId })),
  'merges.suggest': member(({ leadId }) => ({ leadId })),
  'merges.list': member(({ leadId }) => ({ leadId })),
  'merges.merge': may('leads.edit', ({ leadId, ids }) => ({ survivorId: leadId, mergedId: ids['leads'] }), {
    answer: 'CONFLICT',
  }),
  'merges.refuse': may('leads.edit', ({ leadId, ids }) => ({ leadId, otherId: ids['leads'] })),
  'merges.undo': may('leads.edit', ({ ids }) => ({ id: ids['merges'] }), { answer: 'CONFLICT' }),
  'consent.words': may('tenant.edit'),
  'consent.setWords': may('tenant.edit', () => ({ out: ['genug'], in: [] })),
  'account.signUp': everybody(() => ({ name: 'New', email: newEmail(), password: newPassword })),
  'account.link': everybody(() => ({ token: 'of nobody' })),
  'account.confirm': everybody(() => ({ token: 'of nobody' }), { answer: 'NOT_FOUND' }),
  'account.askForReset': everybody(() => ({ email: newEmail() })),
  'account.reset': everybody(() => ({ token: 'of nobody', password: newPassword }), { answer: 'NOT_FOUND' }),
  'account.canMail': everybody(),
  'account.outbox': everybody(),
  'account.mine': signedIn(),
  'account.rename': signedIn(() => ({ name: 'Renamed' })),
  'account.sendConfirmation': signedIn(),
  'account.changeEmail': signedIn(() => ({ email: newEmail(), password })),
  'account.keepEmail': signedIn(),
  'account.changePassword': signedIn(() => ({ password, newPassword })),
  'account.sessions': signedIn(),
  'account.endSession': signedIn(() => ({ id: newId() })),
  'account.signOutEverywhere': signedIn(),
  'account.beginSecondFactor': signedIn(() => ({ password })),
  'account.turnOnSecondFactor': signedIn(() => ({ code: '000000' }), { answer: 'BAD_REQUEST' }),
  'account.turnOffSecondFactor': signedIn(() => ({ code: '000000', password }), { answer: 'BAD_REQUEST' }),
  'account.renewRecoveryCodes': signedIn(() => ({ code: '000000' }), { answer: 'BAD_REQUEST' }),

  'tenants.mine': signedIn(),
  'tenants.current': place(),
  'tenants.edit': may('tenant.edit', () => ({ name: 'Renamed', timeZone: 'Europe/Madrid', language: 'es' })),
  'tenants.usage': member(),
  'tenants.today': member(),
  'tenants.givesWay': member(),
  'tenants.setChargePrices': may('tenant.edit', () => ({ currency: 'EUR', each: { service: 0.05 } })),
  'tenants.askForMore': may('tenant.edit', () => ({ words: 'Twice as many messages' })),
  'tenants.holdings': may('tenant.delete', undefined, whileClosed),
  'tenants.delete': may('tenant.delete', (t) => ({ typedName: t.name }), whileClosed),
  // There is none to take back.
  'tenants.takeDeletionBack': place(() => ({}), { answer: 'CONFLICT' }),

  'inbox.list': member(() => ({ tab: 'all' })),
  'inbox.counts': member(),
  'inbox.conversation': member((t) => ({ id: t.conversationId })),
  'inbox.thread': member((t) => ({ id: t.conversationId })),
  'inbox.send': member((t) => ({ conversationId: t.conversationId, id: newId(), text: 'Hi' })),
  'inbox.sendAgain': member((t) => ({ messageId: t.ids['messages'], id: newId() }), { answer: 'CONFLICT' }),
  'inbox.takeOver': member((t) => ({ conversationId: t.conversationId })),
  'inbox.handBack': member((t) => ({ conversationId: t.conversationId })),
  'inbox.close': member((t) => ({ conversationId: t.conversationId })),
  'inbox.reopen': member((t) => ({ conversationId: t.conversationId })),
  'inbox.markRead': member((t) => ({ conversationId: t.conversationId, count: 1 })),
  'inbox.live': member(),

  'channels.list': may('channels.view'),
  'channels.get': may('channels.view', (t) => ({ key: t.slug })),
  'channels.check': may('channels.rotate', (t) => ({ key: t.slug })),
  'channels.setBot': may('bot.edit', (t) => ({ key: t.slug, on: false })),
  // Meta does not know this tenant's number, and its app is the platform's.
  'channels.replaceToken': may(
    'channels.rotate',
    (t) => ({ key: t.slug, accessToken: 'another-token' }),
    refusedByMeta,
  ),
  'channels.replaceAppSecret': may(
    'channels.rotate',
    (t) => ({ key: t.slug, appSecret: 'another-secret' }),
    refusedByMeta,
  ),
  'channels.replaceVerifyToken': may('channels.rotate', (t) => ({ key: t.slug }), refusedByMeta),
  'channels.endFormer': may('channels.rotate', (t) => ({ key: t.slug, which: 'secret' })),
  'channels.showVerifyToken': may('channels.rotate', (t) => ({ key: t.slug }), refusedByMeta),
  'channels.subscribeAgain': may('channels.rotate', (t) => ({ key: t.slug }), refusedByMeta),
  'channels.disconnect': may('channels.disconnect', (t) => ({ key: t.slug })),
  // It is connected.
  'channels.unsubscribe': may('channels.disconnect', (t) => ({ key: t.slug }), { answer: 'CONFLICT' }),
  'channels.reconnect': may('channels.connect', (t) => ({ key: t.slug }), refusedByMeta),
  'connect.ways': may('channels.connect'),
  'connect.byHand': may('channels.connect', () => ({
    ...{ phoneNumberId: '1234567', wabaId: '1234568', appId: '1234569', pin: null },
    ...{ appSecret: 'an-app-secret', accessToken: 'EAA-and-more' },
  })),
  'connect.demo': may('channels.connect'),
  'connect.signUp': may(
    'channels.connect',
    () => ({ code: 'none', phoneNumberId: '1234567', wabaId: '1234568' }),
    { answer: 'PRECONDITION_FAILED' },
  ),
  'connect.number': may('channels.connect', (t) => ({ id: t.ids['channel_drafts'] })),
  'connect.check': may('channels.connect', (t) => ({ id: t.ids['channel_drafts'] })),
  'connect.mend': may('channels.connect', (t) => ({ id: t.ids['channel_drafts'], pin: '123456' })),
  'connect.throwAway': may('channels.connect', (t) => ({ id: t.ids['channel_drafts'] })),
  'connect.firstMessage': may('channels.connect', (t) => ({ id: t.channelId })),
  'connect.answer': may('channels.connect', (t) => ({ id: t.channelId, messageId: newId() }), {
    answer: 'PRECONDITION_FAILED',
  }),

  'onboarding.create': signedIn(() => ({ name: 'New', timeZone: 'UTC', language: 'en' })),
  'onboarding.progress': may('onboarding.run'),
  'onboarding.starters': may('onboarding.run'),
  'onboarding.chooseScript': may('bot.edit', () => ({ starter: 'requests' })),
  'onboarding.putOff': may('onboarding.run', () => ({ step: 'leads', skipped: true })),
  'onboarding.close': may('onboarding.run', () => ({ closed: true })),

  'members.list': may('members.view'),
  'members.roles': may('members.view'),
  'members.invitations': may('members.invite'),
  'members.invite': may('members.invite', () => ({ email: 'new@matrix.example', role: 'agent' })),
  'members.sendInvitationAgain': may('members.invite', (t) => ({ invitationId: t.ids['invitations'] }), {
    answer: 'TOO_MANY_REQUESTS',
  }),
  'members.withdrawInvitation': may('members.invite', (t) => ({ invitationId: t.ids['invitations'] })),
  'members.changeRole': may('members.change-role', (t) => ({ userId: t.agent.id, role: 'admin' })),
  'members.remove': may('members.remove', (t) => ({ userId: t.agent.id })),
  'members.leave': place(),
  'members.transfer': may('tenant.transfer', (t) => ({ userId: t.admin.id })),

  'invitations.read': everybody(() => ({ token: 'of nobody' }), { answer: 'NOT_FOUND' }),
  'invitations.accept': signedIn(() => ({ token: 'of nobody' }), { answer: 'NOT_FOUND' }),
  'invitations.signUp': everybody(() => ({ token: 'of nobody', name: 'New', password: 'ten letters' }), {
    answer: 'NOT_FOUND',
  }),

  'people.list': member(() => ({ filter: { search: 'Alex' } })),
  'people.count': member(() => ({ filter: {} })),
  'people.choices': member(),
  'people.makeLabel': may('leads.edit', () => ({ name: `Label ${newId()}` })),
  'people.renameLabel': may('leads.edit', (t) => ({ id: t.ids['labels'], name: `Label ${newId()}` })),
  'people.deleteLabel': may('leads.delete', (t) => ({ id: t.ids['labels'] })),
  'people.segments': member(),
  'people.segmentCounts': member(),
  'people.saveSegment': may('leads.edit', () => ({ name: `Segment ${newId()}`, filter: {} })),
  'people.changeSegment': may('leads.edit', (t) => ({ id: t.ids['segments'], name: `Segment ${newId()}` })),
  'people.deleteSegment': may('leads.edit', (t) => ({ id: t.ids['segments'] })),
  'people.change': may('leads.edit', (t) => ({
    who: { ids: [t.leadId] },
    deed: { kind: 'label', labelId: t.ids['labels'] },
  })),
  'people.delete': may('leads.delete', (t) => ({ who: { ids: [t.leadId] } })),
  'people.restore': may('leads.delete', (t) => ({ id: t.leadId })),
  'people.changes': member(),
  'people.changeState': member((t) => ({ id: t.ids['bulk_changes'] })),
  'people.undoChange': may('leads.edit', (t) => ({ id: t.ids['bulk_changes'] })),
  'people.get': member((t) => ({ id: t.leadId })),
  'people.timeline': member((t) => ({ id: t.leadId }), { foreign: 'answered' }),
  'people.add': may('leads.edit', () => ({ phone: '+34 612 48 90 17', name: 'Added' })),
  'people.edit': may('leads.edit', (t) => ({ id: t.leadId, name: 'Edited' })),
  'people.addNote': may('leads.edit', (t) => ({ leadId: t.leadId, body: 'A note' })),
  'people.editNote': may('leads.edit', (t) => ({ id: t.ids['lead_notes'], body: 'Another' }), {
    answer: 'NOT_FOUND',
  }),
  'people.deleteNote': may('leads.edit', (t) => ({ id: t.ids['lead_notes'] }), { answer: 'NOT_FOUND' }),
  'imports.list': may('leads.import'),
  'imports.get': may('leads.import', (t) => ({ id: t.ids['imports'] })),
  'imports.problems': may('leads.import', (t) => ({ id: t.ids['imports'], kind: 'refused' })),
  'imports.countries': may('leads.import'),
  'imports.upload': may('leads.import', () => ({
    name: 'a.csv',
    bytes: (async function* () {
      yield Buffer.from('phone\n+491712345678\n');
    })(),
  })),
  'imports.paste': may('leads.import', () => ({ text: 'phone\n+491712345678\n' })),
  'imports.choose': may('leads.import', (t) => ({ id: t.ids['imports'], options: importOptions }), {
    answer: 'CONFLICT',
  }),
  'imports.run': may(
    'leads.import',
    (t) => ({ id: t.ids['imports'], onKnown: 'fill', pace: 'gentle', label: null }),
    { answer: 'CONFLICT' },
  ),
  'imports.cancel': may('leads.import', (t) => ({ id: t.ids['imports'] }), { answer: 'CONFLICT' }),
  'imports.undo': may('leads.import', (t) => ({ id: t.ids['imports'] }), { answer: 'CONFLICT' }),
  'imports.refused': may('leads.import', (t) => ({ id: t.ids['imports'] })),

  'audit.list': may('audit.view'),
  'audit.choices': may('audit.view'),
  'audit.export': may('audit.export'),

  'admin.tenants': superadmin(),
  'admin.tenant': superadmin((t) => ({ slug: t.slug })),
  'admin.create': superadmin(() => ({ name: 'New', slug: `new-${newId()}`, email: 'new@matrix.example' })),
  'admin.suspend': superadmin((t) => ({ slug: t.slug, reason: 'Unpaid' })),
  'admin.resume': superadmin((t) => ({ slug: t.slug }), { answer: 'CONFLICT' }),
  'admin.delete': superadmin((t) => ({ slug: t.slug, reason: 'Asked for' })),
  'admin.restore': superadmin((t) => ({ slug: t.slug }), { answer: 'CONFLICT' }),
  'admin.setTier': superadmin((t) => ({ slug: t.slug, tierId: null })),
  'admin.grant': superadmin((t) => ({
    ...{ slug: t.slug, quota: 'messages', value: 5, reason: 'A test', expiresAt: null },
  })),
  'admin.revokeGrant': superadmin((t) => ({ slug: t.slug, quota: 'messages' })),
  'admin.audit.list': superadmin(),
  'admin.audit.choices': superadmin(),
  'admin.capacity.view': superadmin(),
  'admin.capacity.pressure': superadmin(),
  'admin.capacity.file': superadmin(() => ({ name: 'capacity.csv' })),
  'admin.capacity.tierNames': superadmin(),
  'admin.capacity.runs': superadmin(),
  'admin.capacity.compare': superadmin(() => ({ ids: [newId()] })),
  'admin.capacity.addRun': superadmin(() => ({ name: 'run.json', text: '{}' }), { answer: 'BAD_REQUEST' }),
  'admin.capacity.chooseRun': superadmin(() => ({ id: newId() }), { answer: 'NOT_FOUND' }),
  'admin.capacity.removeRun': superadmin(() => ({ id: newId() }), { answer: 'NOT_FOUND' }),
  'admin.capacity.changeSelling': superadmin(() => ({
    ...{ overcommit: 1, rate: 'sustainable', assumptions: reportAssumptions, defaultTierId: null },
  })),
  'admin.capacity.addTier': superadmin(() => ({ ...tier, name: `Tier ${newId()}`.slice(0, 40) })),
  'admin.capacity.editTier': superadmin(() => ({ ...tier, id: newId() }), { answer: 'NOT_FOUND' }),
  'admin.capacity.deleteTier': superadmin(() => ({ id: newId() }), { answer: 'NOT_FOUND' }),
  'admin.capacity.moveTier': superadmin(() => ({ id: newId(), by: 1 })),
};
