/** "1 open conversation" · "1,204 open conversations" */
export const conversationsOf = (count: number): string =>
  `${count.toLocaleString('en')} open conversation${count === 1 ? '' : 's'}`;
