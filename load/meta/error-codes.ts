/** Codes of Meta's: title and HTTP status (the error-codes page of Meta's documentation). */
const codes: Readonly<Record<number, readonly [title: string, http: number]>> = {
  0: ['AuthException', 401],
  1: ['API Unknown', 400],
  2: ['API Service', 503],
  3: ['API Method', 500],
  4: ['API Too Many Calls', 400],
  10: ['Permission Denied', 403],
  33: ['Parameter value is not valid', 400],
  100: ['Invalid parameter', 400],
  190: ['Access token has expired', 401],
  368: ['Temporarily blocked for policies violations', 403],
  80007: ['Rate limit issues', 400],
  130429: ['Rate limit hit', 400],
  130472: ["User's number is part of an experiment", 400],
  130497: ['Business account is restricted from messaging users in this country.', 403],
  131000: ['Something went wrong', 500],
  131005: ['Access denied', 403],
  131008: ['Required parameter is missing', 400],
  131009: ['Parameter value is not valid', 400],
  131016: ['Service unavailable', 500],
  131021: ['Recipient cannot be sender', 400],
  131026: ['Message undeliverable', 400],
  131030: ['Recipient phone number not in allowed list', 400],
  131031: ['Account has been locked', 403],
  131037: ['WhatsApp provided number needs display name approval before message can be sent.', 400],
  131042: ['Business eligibility payment issue', 400],
  131045: ['Incorrect certificate', 500],
  131047: ['Re-engagement message', 400],
  131048: ['Spam rate limit hit', 400],
  131049: ['This message was not delivered to maintain healthy ecosystem engagement.', 400],
  131050: ['User has stopped marketing messages from this business', 400],
  131051: ['Unsupported message type', 400],
  131052: ['Media download error', 400],
  131053: ['Media upload error', 400],
  131056: ['(Business Account, Consumer Account) pair rate limit hit', 400],
  131057: ['Account in maintenance mode', 500],
  131062: ['Business-scoped user ids are not supported for this message', 400],
  132000: ['Number of parameters does not match the expected number of params', 400],
  132001: ['Template name does not exist in the translation', 404],
  132005: ['Translated text too long', 400],
  132007: ['Template format character policy violated', 400],
  132012: ['Parameter format does not match format in the created template', 400],
  132015: ['Template is paused', 400],
  132016: ['Template is disabled', 400],
  133004: ['Server temporarily unavailable', 503],
  133005: ['Two step verification PIN Mismatch', 400],
  133006: ['Phone number re-verification needed', 400],
  133010: ['Phone number not registered', 400],
  133016: ['Account register deregister rate limit exceeded', 400],
};

/** Meta's title for a code; codes that are not listed here have that of 131000. */
export function titleOf(code: number): string {
  return codes[code]?.[0] ?? 'Something went wrong';
}

/** The HTTP status that Meta answers a code with. */
export function httpStatusOf(code: number): number {
  return codes[code]?.[1] ?? 400;
}
