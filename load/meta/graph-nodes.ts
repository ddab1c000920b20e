import { authorizeNumber, authorizeWaba, managing } from './authorize.ts';
import { type GraphRefusal, invalidParameter } from './graph-errors.ts';
import type { Fields } from './payload.ts';
import type { Simulation } from './simulation.ts';
import type { MetaNumber } from './world.ts';

/** A `GET` or `POST` of the Graph API beside the messages. `query` holds a form's parameters too. */
export type GraphCall = {
  readonly method: string;
  readonly id: string;
  readonly edge: string | undefined;
  readonly token: string | undefined;
  readonly query: URLSearchParams;
  readonly body: unknown;
};

export type GraphAnswer = { readonly status: number; readonly body: unknown } | GraphRefusal;

const usual = [
  'id',
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
];

/** `GET /{phone}?fields=…` */
export function getNumber(simulation: Simulation, call: GraphCall): GraphAnswer {
  const number = authorizeNumber(simulation, call, managing);
  return 'body' in number
    ? number
    : pick(describeNumber(simulation, number), call.query, 'WhatsAppBusinessPhoneNumber');
}

/** `GET /{waba}/phone_numbers?fields=…` */
export function getNumbers(simulation: Simulation, call: GraphCall): GraphAnswer {
  const numbers = authorizeWaba(simulation, call);
  if ('body' in numbers) return numbers;
  const answers = numbers.map((number) =>
    pick(describeNumber(simulation, number), call.query, 'WhatsAppBusinessPhoneNumber'),
  );
  const refused = answers.find(({ status }) => status !== 200);
  if (refused) return refused;
  const cursor = Buffer.from(call.id).toString('base64url');
  return {
    status: 200,
    body: { data: answers.map(({ body }) => body), paging: { cursors: { before: cursor, after: cursor } } },
  };
}

/** `GET /{waba}?fields=…` */
export function getWaba(simulation: Simulation, call: GraphCall): GraphAnswer {
  const numbers = authorizeWaba(simulation, call);
  if ('body' in numbers) return numbers;
  const { review, verification, canSendMessage } = simulation.standings.account(call.id);
  const waba = {
    id: call.id,
    name: numbers[0]?.verifiedName ?? '',
    timezone_id: '1',
    currency: 'USD',
    country: 'US',
    account_review_status: review,
    business_verification_status: verification,
    ownership_type: 'CLIENT_OWNED',
    message_template_namespace: `namespace_${call.id}`,
    owner_business_info: { id: numbers[0]?.businessId ?? '', name: numbers[0]?.verifiedName ?? '' },
    health_status: health(call.id, 'WABA', canSendMessage),
  };
  return pick(waba, call.query, 'WhatsAppBusinessAccount', [
    'id',
    'name',
    'timezone_id',
    'message_template_namespace',
  ]);
}

function describeNumber({ directory, standings, webhookBase }: Simulation, number: MetaNumber): Fields {
  const standing = standings.number(number.phoneNumberId);
  const app = directory.app(number.appId);
  const override = directory.override(number.wabaId);
  return {
    id: number.phoneNumberId,
    verified_name: number.verifiedName,
    display_phone_number: readable(number.displayPhoneNumber),
    code_verification_status: standing.codeVerificationStatus,
    quality_rating: standing.qualityRating,
    platform_type: standing.platformType,
    throughput: { level: 'STANDARD' },
    status: standing.status,
    name_status: 'APPROVED',
    account_mode: standing.accountMode,
    is_on_biz_app: false,
    is_official_business_account: false,
    is_pin_enabled: standing.pin !== null,
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
    health_status: health(number.phoneNumberId, 'PHONE_NUMBER', standing.canSendMessage),
    webhook_configuration: {
      ...(override && { whatsapp_business_account: override.uri }),
      application: `${webhookBase}${app?.webhookPath ?? ''}`,
    },
  };
}

function health(id: string, entityType: string, ability: string) {
  const errors = [
    {
      error_code: 141000,
      error_description: 'There is a problem with the payment method of this business.',
      possible_solution: 'Add a payment method in the billing settings of WhatsApp Manager.',
    },
  ];
  const entity = { entity_type: entityType, id, can_send_message: ability };
  return {
    can_send_message: ability,
    entities: [{ ...entity, ...(ability !== 'AVAILABLE' && { errors }) }],
  };
}

function pick(node: Fields, query: URLSearchParams, type: string, always = usual): GraphAnswer {
  const wanted = query.get('fields')?.split(',').filter(Boolean) ?? always;
  const unknown = wanted.find((field) => !Object.hasOwn(node, field));
  if (unknown)
    return invalidParameter(`Tried accessing nonexisting field (${unknown}) on node type (${type})`);
  const names = new Set([...wanted, 'id']);
  return { status: 200, body: Object.fromEntries([...names].map((name) => [name, node[name]])) };
}

/** The Graph API writes numbers for people: `+1 555-078-3881`; webhooks have the digits. */
function readable(digits: string): string {
  return digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3').replace(/^(?=\d)/, '+');
}
