/** The bubble's id in the page. */
export const bubbleId = (message: string) => `message-${message}`;

/** Leads the eye, and the focus, to a message that is in the log. */
export function showMessage(message: string): void {
  const bubble = document.getElementById(bubbleId(message));
  if (!bubble) return;
  bubble.scrollIntoView({ block: 'center' });
  // For this once only: a bubble that always took the focus would take it from whoever clicks into its text.
  bubble.tabIndex = -1;
  bubble.focus({ preventScroll: true });
  bubble.addEventListener('blur', () => bubble.removeAttribute('tabindex'), { once: true });
}
