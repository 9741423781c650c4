import type { MessageBus } from '../bus/message-bus.ts';
import { shadowTopic } from '../bus/topics.ts';
import type { Shadows } from './shadows.ts';

/**
 * Shows device shadows to whoever listens in, on the topics and in the form of AWS IoT's shadow service: what was asked
 * for on `…/update`, and that it was taken in on `…/update/accepted`. @returns ends it
 */
export function publishShadows(
  shadows: Pick<Shadows, 'onUpdate'>,
  bus: Pick<MessageBus, 'publish'>,
  { hasService }: { hasService: boolean },
): () => void {
  return shadows.onUpdate(({ thingName, state, version, timestamp }) => {
    bus.publish({ topic: shadowTopic(thingName, 'update'), text: JSON.stringify({ state }) });
    // AWS IoT's own service says this, and lets nobody else.
    if (hasService) return;
    bus.publish({
      topic: shadowTopic(thingName, 'update/accepted'),
      text: JSON.stringify({ state, version, timestamp }),
    });
  });
}
