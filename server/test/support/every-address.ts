import type { Page } from '@cpo-console/shared/api/page.ts';
import type { RunningServer } from './start-server.ts';

interface Document {
  paths: Record<string, { get?: { parameters?: Parameter[] } }>;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { enum?: string[] };
}
type Asked = Pick<RunningServer, 'api'>;

const IDS_PER_LIST = 3;
/** What has no list to take an id from. */
const NO_LIST = new Set(['/findings/searches', '/messages/exports', '/commands', '/log-files']);

/** Every address under /api/v1 that can be read and ends: with each format, these things, and ids that its list has. */
export async function everyAddress(server: Asked, thingNames: readonly string[]): Promise<string[]> {
  const { paths } = await server.api<Document>('GET', '/openapi.json');
  const addresses: string[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (get === undefined || !path.startsWith('/api/v1') || path.endsWith('/stream')) continue;
    const { parameters = [] } = get;
    const queries = queriesOf(parameters, thingNames[0] ?? '');
    for (const filled of await filledIn(path.replace('/api/v1', ''), { server, thingNames })) {
      addresses.push(...queries.map((query) => `${filled}?${query}`));
    }
  }
  return addresses;
}

function queriesOf(parameters: readonly Parameter[], thingName: string): string[] {
  const [from = '', to = ''] = [-600_000, 600_000].map((shift) => new Date(Date.now() + shift).toISOString());
  const values: Record<string, string> = { thingName, from, to, page: '1', protocol: 'ocpp1.6' };
  const asked = parameters.filter((each) => each.in === 'query' && each.required === true);
  const query = asked.map(({ name }) => `${name}=${encodeURIComponent(values[name] ?? '')}`);
  const formats = parameters.find(({ name }) => name === 'format')?.schema.enum;
  return (formats ?? [null]).map((format) => [...query, ...(format === null ? [] : [`format=${format}`])].join('&'));
}

async function filledIn(
  path: string,
  { server, thingNames }: { server: Asked; thingNames: readonly string[] },
): Promise<string[]> {
  const [, list = '', parameter = ''] = /^(.*?)\/\{(\w+)\}/.exec(path) ?? [];
  if (parameter === '') return [path];
  if (parameter === 'thingName') return thingNames.map((name) => path.replace('{thingName}', name));
  if (NO_LIST.has(list)) return [];
  const { items } = await server.api<Page<Record<string, string>>>('GET', list);
  const ids = items.slice(0, IDS_PER_LIST).map((item) => encodeURIComponent(item[parameter] ?? ''));
  return ids.map((id) => path.replace(`{${parameter}}`, id));
}
