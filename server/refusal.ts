/** The kinds of no that a rule can say; the door turns each into its own status. */
export type RefusalCode =
  | 'not-found'
  | 'not-allowed'
  | 'conflict'
  | 'precondition'
  | 'too-many'
  | 'bad-input';

/**
 * A rule said no. `message` is for the person: what happened and what to do next.
 * `reason` is one short word for the interface, such as "window-closed".
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string;

  constructor(code: RefusalCode, reason: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.reason = reason;
  }
}
