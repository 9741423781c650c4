import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: a link to one of our files, or to put one, opens for whoever has it. */
export const makeLinkToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: it can't be guessed, so it needs no salt. */
export const digestLinkToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** `/firmware/<token>` and `/uploads/<token>` in any text, also with JSON's escaped slashes. */
const LINK = /(\/(?:firmware|uploads)\\?\/)([\w-]{43})(?![\w-])/g;

/** The tokens that a text holds. */
export const linkTokensIn = (text: string): string[] => [...text.matchAll(LINK)].flatMap(([, , token]) => token ?? []);

export const maskLinkTokens = (text: string, mask: string): string => text.replace(LINK, `$1${mask}`);
