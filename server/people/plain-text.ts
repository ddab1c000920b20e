/** Without what PostgreSQL cannot hold, and without space around it. */
export const plainText = (text: string): string => text.replaceAll('\0', '').toWellFormed().trim();
