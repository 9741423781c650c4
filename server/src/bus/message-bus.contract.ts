import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../test/support/eventually.ts';
import type { BusMessage, MessageBus } from './message-bus.ts';
import { ALL_OUT, ALL_PRESENCE, IN_FOR_CSMS, inTopic, outTopic, presenceTopic, thingOfTopic } from './topics.ts';

export interface BusUnderTest {
  bus: MessageBus;
  close(): Promise<void>;
}

/** Charge points whose sockets are here, where the bus needs to know. */
export const CHARGE_POINTS = ['CP0', 'CP1', 'CP2', 'CP3', 'CP4', 'CP5', 'CP6', 'A:b_c-1'];

/** What gateway and csms rely on, whatever carries their messages. */
export function describeMessageBus(name: string, start: () => Promise<BusUnderTest>): void {
  describe(name, () => {
    let under: BusUnderTest;
    let bus: MessageBus;

    beforeEach(async () => {
      under = await start();
      bus = under.bus;
    });
    afterEach(() => under.close());

    async function hear(filter: string): Promise<BusMessage[]> {
      const heard: BusMessage[] = [];
      await bus.subscribe(filter, (message) => heard.push(message));
      return heard;
    }
    const outlines = (heard: BusMessage[]): string[] => heard.map(({ topic, text }) => `${topic} ${text}`);

    it('has no trouble and holds nothing back', () => {
      expect(bus.trouble()).toBeNull();
      expect(bus.figures()).toMatchObject({ held: 0, lost: 0, refused: 0 });
    });

    it('brings each message to those whose filter matches, and to nobody else', async () => {
      const frames = await hear(IN_FOR_CSMS);
      const commands = await hear(ALL_OUT);
      const presences = await hear(ALL_PRESENCE);
      bus.publish({ topic: inTopic('CP1'), text: '[2,"1","Heartbeat",{}]' });
      bus.publish({ topic: outTopic('CP1'), text: '[3,"1",{}]' });
      bus.publish({ topic: presenceTopic('CP1'), text: '{}' });
      bus.publish({ topic: outTopic('CP2'), text: 'last' });
      await eventually(() => expect(outlines(commands)).toEqual(['CP1/out [3,"1",{}]', 'CP2/out last']));
      await eventually(() => expect(outlines(frames)).toEqual(['CP1/in [2,"1","Heartbeat",{}]']));
      await eventually(() => expect(outlines(presences)).toEqual(['cpo-console/presence/CP1 {}']));
    });

    it('keeps the order of what one publisher says of a charge point, also across topics', async () => {
      const heard: string[] = [];
      const note = ({ topic, text }: BusMessage): unknown => heard.push(`${thingOfTopic(topic)} ${text}`);
      await bus.subscribe(ALL_PRESENCE, note);
      await bus.subscribe(IN_FOR_CSMS, note);
      const said = Array.from({ length: 500 }, (_, n) => ({ thingName: `CP${n % 7}`, text: String(n) }));
      for (const [n, { thingName, text }] of said.entries()) {
        bus.publish({ topic: n % 50 === 0 ? presenceTopic(thingName) : inTopic(thingName), text });
      }
      await eventually(() => expect(heard).toHaveLength(said.length));
      for (const charger of ['CP0', 'CP1', 'CP2', 'CP3', 'CP4', 'CP5', 'CP6']) {
        const ofIt = said.flatMap(({ thingName, text }) => (thingName === charger ? `${charger} ${text}` : []));
        expect(heard.filter((line) => line.startsWith(`${charger} `))).toEqual(ofIt);
      }
    });

    it('carries the text exactly as it is, whatever script it is written in', async () => {
      const heard = await hear(IN_FOR_CSMS);
      const text = '[2,"ü",  "DataTransfer",{"vendorId":"充電\\u0000🔌","data":"\u2028\\n"}]';
      bus.publish({ topic: inTopic('A:b_c-1'), text });
      await eventually(() => expect(outlines(heard)).toEqual([`A:b_c-1/in ${text}`]));
    });

    it('carries a frame of 128 KiB', async () => {
      const heard = await hear(IN_FOR_CSMS);
      bus.publish({ topic: inTopic('CP1'), text: 'x'.repeat(128 * 1024) });
      await eventually(() => expect(heard[0]?.text).toHaveLength(128 * 1024));
    });

    it('lets a handler publish while it is called', async () => {
      const answers = await hear(ALL_OUT);
      await bus.subscribe(IN_FOR_CSMS, ({ text }) =>
        bus.publish({ topic: outTopic('CP1'), text: `answer to ${text}` }),
      );
      bus.publish({ topic: inTopic('CP1'), text: 'a' });
      bus.publish({ topic: inTopic('CP1'), text: 'b' });
      await eventually(() => expect(answers.map(({ text }) => text)).toEqual(['answer to a', 'answer to b']));
    });

    it('says how long the sender of a CALL waits', async () => {
      const heard = await hear(ALL_OUT);
      bus.publish({ topic: outTopic('CP1'), text: 'x', answerWithinMs: 7_000 });
      await eventually(() => expect(heard).toHaveLength(1));
      expect(heard[0]?.answerWithinMs).toBeGreaterThanOrEqual(6_000);
      expect(heard[0]?.answerWithinMs).toBeLessThanOrEqual(7_000);
    });

    it('brings nothing more to who has unsubscribed', async () => {
      const first: string[] = [];
      const unsubscribe = await bus.subscribe(ALL_OUT, ({ text }) => first.push(text));
      const second = await hear(ALL_OUT);
      bus.publish({ topic: outTopic('CP1'), text: 'a' });
      await eventually(() => expect(second).toHaveLength(1));
      await unsubscribe();
      bus.publish({ topic: outTopic('CP1'), text: 'b' });
      await eventually(() => expect(second).toHaveLength(2));
      expect(first).toEqual(['a']);
    });
  });
}
