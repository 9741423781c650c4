const MAX_NAME = 100;

/** What a file may be called where people save it: a stranger's name without anything that means something to a path or a header. */
export function safeFileName(name: string, otherwise: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const safe = last.replace(/[^\w.()+ -]/g, '_').replace(/^[. ]+|[. ]+$/g, '');
  return safe === '' ? otherwise : safe.slice(-MAX_NAME);
}
