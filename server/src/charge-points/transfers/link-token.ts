/** `/firmware/<token>` and `/uploads/<token>` in any text, also with JSON's escaped slashes. */
const LINK = /(\/(?:firmware|uploads)\\?\/)([\w-]{43})(?![\w-])/g;

export const maskLinkTokens = (text: string, mask: string): string => text.replace(LINK, `$1${mask}`);
