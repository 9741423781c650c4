import type { ThingFilter } from '../../bus/aws-iot/aws-iot-settings.ts';
import type { IotControl } from './iot-control.ts';
import { type RemoteThing, readThing, type ThingFacts } from './remote-thing.ts';

/** AWS gives no more at once. */
const PAGE = 250;
const NOT_READY = ['IndexNotReadyException', 'ResourceNotFoundException', 'InvalidRequestException'];

interface Page<T> {
  items: T[] | undefined;
  nextToken: string | undefined;
}

/**
 * All charge points: by the index of the fleet where it is on, which knows their groups as well; else the things, and
 * then the members of each group.
 */
export async function listThings({
  control,
  filter,
}: {
  control: IotControl;
  filter: ThingFilter;
}): Promise<Map<string, RemoteThing>> {
  const indexed = (await isIndexed(control)) ? await fromIndex(control, filter) : null;
  const found = indexed ?? (await fromRegistry(control, filter));
  const things = new Map<string, RemoteThing>();
  for (const { facts, groups } of found) {
    const thing = readThing(facts, groups, filter);
    if (thing !== null) things.set(thing.thingName, thing);
  }
  return things;
}

interface Found {
  facts: ThingFacts;
  groups: readonly string[];
}

/** Who may not ask does without. */
async function isIndexed({ sdk, ask }: IotControl): Promise<boolean> {
  const { thingIndexingConfiguration } = await ask(
    'iot:GetIndexingConfiguration',
    (iot) => iot.send(new sdk.GetIndexingConfigurationCommand({})),
    OPTIONAL,
  ).catch(() => ({ thingIndexingConfiguration: undefined }));
  const mode = thingIndexingConfiguration?.thingIndexingMode;
  return mode === 'REGISTRY' || mode === 'REGISTRY_AND_SHADOW';
}
const OPTIONAL = ['AccessDeniedException', 'UnauthorizedException', 'InvalidRequestException', 'UnknownError'];

/** @returns null when the index can't be asked just now */
async function fromIndex({ sdk, ask }: IotControl, filter: ThingFilter): Promise<Found[] | null> {
  const queryString = queryOf(filter);
  const pages = everyPage(async (nextToken) => {
    const page = await ask(
      'iot:SearchIndex',
      (iot) => iot.send(new sdk.SearchIndexCommand({ queryString, maxResults: PAGE, nextToken })),
      [...NOT_READY, ...OPTIONAL],
    );
    return { items: page.things, nextToken: page.nextToken };
  });
  try {
    const found = await pages;
    return found.map((document) => ({ facts: document as ThingFacts, groups: document.thingGroupNames ?? [] }));
  } catch (error) {
    if (error instanceof Error && [...NOT_READY, ...OPTIONAL].includes(error.name)) return null;
    throw error;
  }
}

function queryOf(filter: ThingFilter): string {
  switch (filter.kind) {
    case 'all':
      return 'thingName:*';
    case 'type':
      return `thingTypeName:${filter.thingType}`;
    case 'attribute':
      return `attributes.${filter.name}:${filter.value}`;
  }
}

async function fromRegistry({ sdk, ask }: IotControl, filter: ThingFilter): Promise<Found[]> {
  const selection = {
    ...(filter.kind === 'type' && { thingTypeName: filter.thingType }),
    ...(filter.kind === 'attribute' && { attributeName: filter.name, attributeValue: filter.value }),
  };
  const things = await everyPage(async (nextToken) => {
    const page = await ask('iot:ListThings', (iot) =>
      iot.send(new sdk.ListThingsCommand({ ...selection, maxResults: PAGE, nextToken })),
    );
    return { items: page.things, nextToken: page.nextToken };
  });
  const groups = await groupsByThing({ sdk, ask });
  return things.map((facts) => ({ facts, groups: groups.get(facts.thingName ?? '') ?? [] }));
}

async function groupsByThing({ sdk, ask }: Pick<IotControl, 'sdk' | 'ask'>): Promise<Map<string, string[]>> {
  const groups = await everyPage(async (nextToken) => {
    const page = await ask('iot:ListThingGroups', (iot) =>
      iot.send(new sdk.ListThingGroupsCommand({ maxResults: PAGE, nextToken })),
    );
    return { items: page.thingGroups, nextToken: page.nextToken };
  });
  const byThing = new Map<string, string[]>();
  for (const { groupName: thingGroupName } of groups) {
    if (thingGroupName === undefined) continue;
    const members = await everyPage(async (nextToken) => {
      const page = await ask('iot:ListThingsInThingGroup', (iot) =>
        iot.send(new sdk.ListThingsInThingGroupCommand({ thingGroupName, maxResults: PAGE, nextToken })),
      );
      return { items: page.things, nextToken: page.nextToken };
    });
    for (const name of members) byThing.set(name, [...(byThing.get(name) ?? []), thingGroupName]);
  }
  return byThing;
}

async function everyPage<T>(ask: (nextToken: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let nextToken: string | undefined;
  do {
    const page: Page<T> = await ask(nextToken);
    items.push(...(page.items ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== '');
  return items;
}
