import { authorizeNumber, authorizeWaba } from './authorize.ts';
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
  const number = authorizeNumber(simulation.directory, call);
  return 'body' in number
    ? number
    : pick(describeNumber(simulation, number), call.query, 'WhatsAppBusinessPhoneNumber');
}

/** `GET /{waba}/phone_numbers?fields=…` */
export function getNumbers(simulation: Simulation, call: GraphCall): GraphAnswer {
  const numbers = authorizeWaba(simulation.directory, call);
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
  const numbers = authorizeWaba(simulation.directory, call);
  if ('body' in numbers) return numbers;
  const waba = {
    id: call.id,
    name: numbers[0]?.verifiedName ?? '',
    timezone_id: '1',
    currency: 'USD',
    country: 'US',
    account_review_status: 'APPROVED',
    business_verification_status: 'verified',
    ownership_type: 'CLIENT_OWNED',
    message_template_namespace: `namespace_${call.id}`,
    health_status: health(call.id, 'WABA'),
  };
  return pick(waba, call.query, 'WhatsAppBusinessAccount', [
    'id',
    'name',
    'timezone_id',
    'message_template_namespace',
  ]);
}

function describeNumber({ directory }: Simulation, number: MetaNumber): Fields {
  const app = directory.app(number.appId);
  const override = directory.override(number.wabaId);
  return {
    id: number.phoneNumberId,
    verified_name: number.verifiedName,
    display_phone_number: readable(number.displayPhoneNumber),
    code_verification_status: 'VERIFIED',
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    status: 'CONNECTED',
    name_status: 'APPROVED',
    account_mode: 'LIVE',
    is_on_biz_app: false,
    is_official_business_account: false,
    is_pin_enabled: true,
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
    health_status: health(number.phoneNumberId, 'PHONE_NUMBER'),
    webhook_configuration: {
      ...(override && { whatsapp_business_account: override.uri }),
      application: app?.webhookPath ?? '',
    },
  };
}

function health(id: string, entityType: string) {
  return {
    can_send_message: 'AVAILABLE',
    entities: [{ entity_type: entityType, id, can_send_message: 'AVAILABLE' }],
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
