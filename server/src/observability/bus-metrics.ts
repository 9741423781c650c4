import { Counter, Gauge, type Registry } from '@prometheus-io/client';
import type { MessageBus } from '../bus/message-bus.ts';

/** Reads the bus whenever somebody reads the metrics. @returns ends it */
export function followBus(bus: Pick<MessageBus, 'trouble' | 'figures'>, registers: Registry[]): () => void {
  let following = true;
  let counted = bus.figures();
  const lost = new Counter({ name: 'bus_lost_messages_total', help: 'Messages that were given up', registers });
  const refused = new Counter({
    name: 'bus_refused_messages_total',
    help: 'Messages from outside that were not taken',
    registers,
  });
  const connects = new Counter({ name: 'bus_connects_total', help: 'Connections made to the MQTT broker', registers });
  connects.inc(counted.connects);
  const held = new Gauge({
    name: 'bus_held_messages',
    help: 'Messages that wait for the MQTT broker to come back or to acknowledge them',
    registers,
    collect: () => {
      if (!following) return;
      const figures = bus.figures();
      held.set(figures.held);
      lost.inc(figures.lost - counted.lost);
      refused.inc(figures.refused - counted.refused);
      connects.inc(figures.connects - counted.connects);
      counted = figures;
    },
  });
  const trouble = new Gauge({
    name: 'bus_trouble',
    help: '1 while messages can’t be carried',
    registers,
    collect: () => {
      if (following) trouble.set(bus.trouble() === null ? 0 : 1);
    },
  });
  return () => {
    following = false;
  };
}
