import { randomBytes } from 'node:crypto';
import { httpStatusOf, titleOf } from './error-codes.ts';

/** An error as the Graph API answers it: HTTP status and body. */
export type GraphRefusal = {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<string, unknown>> & { readonly code: number } };
  readonly headers?: Readonly<Record<string, string>>;
};

/** A refusal by WhatsApp: `(#code) title`, with `details` in `error_data`. */
export function refusal(code: number, details?: string, status?: number): GraphRefusal {
  return {
    status: status ?? httpStatusOf(code),
    body: {
      error: {
        message: `(#${code}) ${titleOf(code)}`,
        type: 'OAuthException',
        code,
        ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: traceId(),
      },
    },
  };
}

/** A refusal by the Graph API itself, before WhatsApp is asked: code 100 without `error_data`. */
export function invalidParameter(sentence: string): GraphRefusal {
  return graphError(400, 100, `(#100) ${sentence}`);
}

export function missingToken(): GraphRefusal {
  const message = 'An access token is required to request this resource.';
  return unauthorized(104, message);
}

export function badToken(): GraphRefusal {
  return unauthorized(190, 'Invalid OAuth access token - Cannot parse access token');
}

export function expiredToken(): GraphRefusal {
  const message = 'Error validating access token: Session has expired.';
  return unauthorized(190, message, { error_subcode: 463 });
}

/** The token is good, and lacks what this call needs. */
export function missingPermission(permission: string): GraphRefusal {
  return graphError(403, 200, `(#200) Requires ${permission} permission to manage the object`);
}

/** No such object, or one that the token does not open: Meta does not say which. */
export function unknownObject(method: string, id: string): GraphRefusal {
  const verb = method.toLowerCase();
  return graphError(
    400,
    100,
    `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    { type: 'GraphMethodException', error_subcode: 33 },
  );
}

export function unknownPath(path: string): GraphRefusal {
  return graphError(400, 2500, `Unknown path components: ${path}`);
}

export function graphError(
  status: number,
  code: number,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): GraphRefusal {
  return {
    status,
    body: { error: { message, type: 'OAuthException', code, ...more, fbtrace_id: traceId() } },
  };
}

function unauthorized(
  code: number,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): GraphRefusal {
  return {
    ...graphError(401, code, message, more),
    headers: { 'www-authenticate': `OAuth "Facebook Platform" "invalid_token" "${message}"` },
  };
}

function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}
