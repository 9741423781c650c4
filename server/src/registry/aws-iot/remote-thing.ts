import type { AuthType } from '@cpo-console/shared/api/things.ts';
import type { ThingFilter } from '../../bus/aws-iot/aws-iot-settings.ts';
import { THING_NAME } from '../../bus/topics.ts';
import type { RegisteredThing } from '../registry.ts';
import { attributeName, attributeValue, groupName } from './thing-names.ts';

/** A charge point as AWS IoT knows it. */
export type RemoteThing = Omit<RegisteredThing, 'createdAt' | 'passwordOfferedAt' | 'securityProfile'>;

/** What the control plane tells of a thing, in all of its answers. */
export interface ThingFacts {
  thingName?: string | undefined;
  thingTypeName?: string | undefined;
  attributes?: Record<string, string> | undefined;
}

const AUTH = 'cpo-auth';
const SANDBOX = 'cpo-sandbox';
/** AWS takes an attribute without a value for one that is to be removed. */
const EMPTY = '=';

/** @returns null for what is no charge point */
export function readThing(facts: ThingFacts, groups: readonly string[], filter: ThingFilter): RemoteThing | null {
  const { thingName = '', attributes = {} } = facts;
  if (!THING_NAME.test(thingName) || !isChargePoint(facts, filter)) return null;
  const own = Object.entries(attributes).filter(([name]) => name !== AUTH && name !== SANDBOX);
  return {
    thingName,
    attributes: Object.fromEntries(
      own.map(([name, value]) => [attributeName.decode(name), value === EMPTY ? '' : attributeValue.decode(value)]),
    ),
    tags: groups.map(groupName.decode).sort(),
    authType: authTypeOf(attributes[AUTH]),
    sandbox: attributes[SANDBOX] === 'true',
  };
}

/** Who made a thing elsewhere and says nothing of credentials wants none; a word that we don't know lets nobody in. */
function authTypeOf(text: string | undefined): AuthType {
  if (text === undefined || text === 'none') return 'none';
  return text === 'basic' ? 'basic' : 'certificate';
}

function isChargePoint({ thingTypeName, attributes = {} }: ThingFacts, filter: ThingFilter): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'type':
      return thingTypeName === filter.thingType;
    case 'attribute':
      return attributes[filter.name] === filter.value;
  }
}

export function attributesOf(
  { attributes, authType, sandbox }: Pick<RemoteThing, 'attributes' | 'authType' | 'sandbox'>,
  filter: ThingFilter,
): Record<string, string> {
  const own = Object.entries(attributes).map(([name, value]) => [
    attributeName.encode(name),
    value === '' ? EMPTY : attributeValue.encode(value),
  ]);
  return {
    ...(filter.kind === 'attribute' && { [filter.name]: filter.value }),
    ...(Object.fromEntries(own) as Record<string, string>),
    [AUTH]: authType,
    ...(sandbox && { [SANDBOX]: 'true' }),
  };
}
