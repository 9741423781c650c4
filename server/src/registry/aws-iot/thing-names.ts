/** What AWS IoT takes as the name of a thing group, and as the value of an attribute. */
const GROUP_SAFE = /[A-Za-z0-9_:-]/;
const VALUE_SAFE = /[A-Za-z0-9_.,@/:#[\]-]/;
const NAME_SAFE = /[A-Za-z0-9_.,@/#-]/;

/** Any text in an alphabet that is smaller: what does not fit is written as the mark and the bytes of its UTF-8. */
function escaping(mark: string, safe: RegExp) {
  const escaped = (character: string): string =>
    Array.from(Buffer.from(character), (byte) => `${mark}${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  const runs = new RegExp(`(?:${mark}[0-9A-F]{2})+`, 'g');
  return {
    encode: (text: string): string =>
      Array.from(text, (character) =>
        safe.test(character) && character !== mark ? character : escaped(character),
      ).join(''),
    /** What others wrote and is no such text stays as it is. */
    decode: (text: string): string =>
      text.replace(runs, (run) => {
        const bytes = Buffer.from(run.replaceAll(mark, ''), 'hex');
        const decoded = bytes.toString('utf8');
        return decoded.includes('\uFFFD') ? run : decoded;
      }),
  };
}

/** Tags: `roof` is the group `roof`, `on the roof` is `on::20the::20roof`. */
export const groupName = escaping('::', GROUP_SAFE);
/** `Main street` is kept as `Main=20street`. */
export const attributeValue = escaping('=', VALUE_SAFE);
/** `Line 1` is kept as `Line:201`. */
export const attributeName = escaping(':', NAME_SAFE);
