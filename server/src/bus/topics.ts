/** Topics carry no prefix, as in AWS IoT Core's sample: a thing name is checked when registered and can't hold `/ + # $`. */
export const inTopic = (thingName: string): string => `${thingName}/in`;
export const outTopic = (thingName: string): string => `${thingName}/out`;
/** Who holds a charge point's socket, see Presence. */
export const presenceTopic = (thingName: string): string => `cpo-console/presence/${thingName}`;

/** What one process asks of another about a charge point, and its replies. */
export const requestsTopic = (instance: string, thingName: string): string =>
  `cpo-console/requests/${instance}/${thingName}`;
export const repliesTopic = (instance: string, thingName: string): string =>
  `cpo-console/replies/${instance}/${thingName}`;
/** What a process changed in the database that all share. */
export const newsTopic = (instance: string): string => `cpo-console/news/${instance}`;
export const ALL_NEWS = 'cpo-console/news/+';
/** What processes tell each other of themselves. */
export const INSTANCES = 'cpo-console/instances/alive';

/** As AWS IoT's shadow service names them. */
export const shadowTopic = (thingName: string, operation: 'update' | 'update/accepted'): string =>
  `$aws/things/${thingName}/shadow/${operation}`;

/** Each message goes to one member of the group only: a CALL is answered once, however many answer CALLs. */
export const IN_FOR_CSMS = '$share/csms/+/in';
export const ALL_OUT = '+/out';
export const ALL_PRESENCE = 'cpo-console/presence/+';

export const isInTopic = (topic: string): boolean => /^[^/]+\/in$/.test(topic);
export const isPresenceTopic = (topic: string): boolean => topic.startsWith('cpo-console/presence/');
export const isOutTopic = (topic: string): boolean => /^[^/]+\/out$/.test(topic);

/** What an MQTT filter matches: `+` is one level, `#` all that follow. A shared one matches what it is about. */
export function topicMatcher(filter: string): RegExp {
  const pattern = filter
    .replace(/^\$share\/[^/]+\//, '')
    .split('/')
    .map((level) => (level === '+' ? '[^/]*' : level === '#' ? '.*' : level.replace(/[^\w-]/g, '\\$&')))
    .join('/');
  return new RegExp(`^${pattern}$`, 's');
}

/** Letters, digits, `: _ -`, at most 48: legal as an OCPP 2.x identity, an AWS thing name, a topic level and a file name. */
export const THING_NAME = /^[A-Za-z0-9:_-]{1,48}$/;

/** What AWS IoT says of its own accord: of connections, of things, of the groups that they are in. */
const AWS_TOPIC = /^\$aws\/(?:events\/presence\/[^/]+|events\/(?:thingGroupMembership\/.*)?thing|things)\/([^/]+)/;

export function thingOfTopic(topic: string): string {
  if (topic.startsWith('$aws/')) return AWS_TOPIC.exec(topic)?.[1] ?? '';
  return topic.startsWith('cpo-console/')
    ? topic.slice(topic.lastIndexOf('/') + 1)
    : topic.slice(0, topic.indexOf('/'));
}
