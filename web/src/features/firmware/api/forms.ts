/** What may be open on the firmware tab, by its name in the address. */
export const FORMS = ['update', 'publish', 'log'] as const;
export type FormName = (typeof FORMS)[number];
