/** Of the box that one writes in; there is one at most. */
export const composerId = 'composer';
