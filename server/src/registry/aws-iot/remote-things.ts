import type { ThingFilter } from '../../bus/aws-iot/aws-iot-settings.ts';
import type { IssuedCertificate } from '../registry.ts';
import type { IotControl } from './iot-control.ts';
import { listThings } from './list-things.ts';
import { attributesOf, type RemoteThing, readThing } from './remote-thing.ts';
import { createThingCertificates, ifAbsent } from './thing-certificates.ts';
import { groupName } from './thing-names.ts';

export interface RemoteThingsOptions {
  control: IotControl;
  /** Of the things that are made here. */
  thingType: string;
  filter: ThingFilter;
  /** Between attempts at what AWS does a little later than it says. */
  pause: (ms: number) => Promise<void>;
}

/** Charge points in AWS IoT's registry. */
export interface RemoteThings {
  /** null when there is none, or it is no charge point. */
  find(thingName: string): Promise<RemoteThing | null>;
  list(): Promise<Map<string, RemoteThing>>;
  /** @returns false when the name is taken */
  create(thing: RemoteThing): Promise<{ certificate?: IssuedCertificate } | false>;
  /** @returns null when it is gone */
  update(thingName: string, change: (thing: RemoteThing) => RemoteThing): Promise<RemoteThing | null>;
  renewCertificate(thingName: string): Promise<IssuedCertificate | null>;
  remove(thingName: string): Promise<void>;
}

/** What staff look for most; AWS takes three. */
const SEARCHABLE = ['site', 'model', 'serialNumber'];
const ABSENT = 'ResourceNotFoundException';
const TAKEN = 'ResourceAlreadyExistsException';
const CHANGED = 'VersionConflictException';
const REFUSED = 'InvalidRequestException';
const ATTEMPTS = 5;
const PAUSE_MS = 500;

export function createRemoteThings({ control, thingType, filter, pause }: RemoteThingsOptions): RemoteThings {
  const { sdk, ask } = control;
  const certificates = createThingCertificates(control);

  async function describe(thingName: string) {
    return ask('iot:DescribeThing', (iot) => iot.send(new sdk.DescribeThingCommand({ thingName })), [ABSENT]).catch(
      ifAbsent(null),
    );
  }

  async function groupsOf(thingName: string): Promise<string[]> {
    const { thingGroups = [] } = await ask(
      'iot:ListThingGroupsForThing',
      (iot) => iot.send(new sdk.ListThingGroupsForThingCommand({ thingName, maxResults: 100 })),
      [ABSENT],
    ).catch(ifAbsent({ thingGroups: [] }));
    return thingGroups.flatMap((group) => group.groupName ?? []);
  }

  async function find(thingName: string): Promise<RemoteThing | null> {
    const facts = await describe(thingName);
    return facts === null ? null : readThing(facts, await groupsOf(thingName), filter);
  }

  async function createType(name: string): Promise<void> {
    await ask(
      'iot:CreateThingType',
      (iot) =>
        iot.send(
          new sdk.CreateThingTypeCommand({
            thingTypeName: name,
            thingTypeProperties: { thingTypeDescription: 'Charge point', searchableAttributes: SEARCHABLE },
          }),
        ),
      [TAKEN],
    ).catch(unless(TAKEN));
  }

  async function createThing(thing: RemoteThing, mayMakeType = true): Promise<string | null> {
    const { thingName } = thing;
    const thingTypeName = filter.kind === 'type' ? filter.thingType : thingType;
    const attributePayload = { attributes: attributesOf(thing, filter) };
    try {
      const made = await ask(
        'iot:CreateThing',
        (iot) => iot.send(new sdk.CreateThingCommand({ thingName, thingTypeName, attributePayload })),
        [TAKEN, ABSENT],
      );
      return made.thingArn ?? '';
    } catch (error) {
      if (nameOf(error) === TAKEN) return null;
      if (nameOf(error) !== ABSENT || !mayMakeType) throw error;
      await createType(thingTypeName);
      return createThing(thing, false);
    }
  }

  async function changeGroups(thingName: string, before: readonly string[], after: readonly string[]): Promise<void> {
    const [was, is] = [before.map(groupName.encode), after.map(groupName.encode)];
    const thingGroupsToAdd = is.filter((name) => !was.includes(name));
    const thingGroupsToRemove = was.filter((name) => !is.includes(name));
    if (thingGroupsToAdd.length + thingGroupsToRemove.length === 0) return;
    for (const thingGroupName of thingGroupsToAdd) {
      await ask('iot:CreateThingGroup', (iot) => iot.send(new sdk.CreateThingGroupCommand({ thingGroupName })), [
        TAKEN,
      ]).catch(unless(TAKEN));
    }
    await ask('iot:UpdateThingGroupsForThing', (iot) =>
      iot.send(new sdk.UpdateThingGroupsForThingCommand({ thingName, thingGroupsToAdd, thingGroupsToRemove })),
    );
  }

  async function remove(thingName: string): Promise<void> {
    await certificates.revoke(thingName);
    await certificates.removePolicy(thingName);
    // A principal that was detached a moment ago may still count.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ask(
          'iot:DeleteThing',
          (iot) => iot.send(new sdk.DeleteThingCommand({ thingName })),
          attempt < ATTEMPTS ? [ABSENT, REFUSED, CHANGED] : [ABSENT],
        );
        return;
      } catch (error) {
        if (nameOf(error) === ABSENT) return;
        if (nameOf(error) !== REFUSED && nameOf(error) !== CHANGED) throw error;
        await pause(PAUSE_MS * attempt);
      }
    }
  }

  return {
    find,
    list: () => listThings({ control, filter }),
    async create(thing) {
      const { thingName } = thing;
      // CreateThing says nothing when one of the same name is just like it.
      if ((await describe(thingName)) !== null) return false;
      const thingArn = await createThing(thing);
      if (thingArn === null) return false;
      try {
        await changeGroups(thingName, [], thing.tags);
        if (thing.authType !== 'certificate') return {};
        return { certificate: await certificates.issue({ thingName, thingArn }) };
      } catch (error) {
        await remove(thingName).catch(() => undefined);
        throw error;
      }
    },
    async update(thingName, change) {
      for (let attempt = 1; ; attempt += 1) {
        const facts = await describe(thingName);
        const before = facts === null ? null : readThing(facts, await groupsOf(thingName), filter);
        if (facts === null || before === null) return null;
        const after = change(before);
        try {
          await ask(
            'iot:UpdateThing',
            (iot) =>
              iot.send(
                new sdk.UpdateThingCommand({
                  thingName,
                  attributePayload: { attributes: attributesOf(after, filter), merge: false },
                  ...(facts.version !== undefined && { expectedVersion: facts.version }),
                }),
              ),
            attempt < ATTEMPTS ? [CHANGED] : [],
          );
          await changeGroups(thingName, before.tags, after.tags);
          return after;
        } catch (error) {
          // Somebody else was faster: what is asked for here goes on top of that.
          if (nameOf(error) !== CHANGED) throw error;
        }
      }
    },
    async renewCertificate(thingName) {
      const facts = await describe(thingName);
      if (facts === null) return null;
      const old = await certificates.principalsOf(thingName);
      const issued = await certificates.issue({ thingName, thingArn: facts.thingArn ?? '' });
      await certificates.revoke(thingName, old);
      return issued;
    },
    remove,
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const unless =
  (name: string) =>
  (error: Error): void => {
    if (error.name !== name) throw error;
  };
