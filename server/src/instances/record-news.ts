import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { MessageBus } from '../bus/message-bus.ts';
import { ALL_NEWS, newsTopic, thingOfTopic } from '../bus/topics.ts';
import { createListeners } from '../charge-points/listeners.ts';
import type { TransactionRecord } from '../charge-points/transactions/transaction-record.ts';

const BATCH_EVERY_MS = 250;
/** More would be too long a message for some brokers. */
const BATCH_SIZE = 50;

/** What changes often, as it is now. */
export interface News {
  sessions: TransactionRecord[];
  commands: Command[];
  changed: ChangedRecords[];
}

export interface RecordNewsOptions {
  bus: Pick<MessageBus, 'publish' | 'subscribe'>;
  instance: string;
}

/** Processes that share a database tell each other what they changed in it, for the pages that show it live. */
export interface RecordNews {
  session(session: TransactionRecord): void;
  command(command: Command): void;
  changed(change: ChangedRecords): void;
  /** What others tell. Listeners must not throw. */
  onNews(listener: (news: News) => void): () => void;
  close(): Promise<void>;
}

export async function createRecordNews({ bus, instance }: RecordNewsOptions): Promise<RecordNews> {
  const heard = createListeners<News>();
  const sessions = new Map<string, TransactionRecord>();
  const commands = new Map<string, Command>();
  const changed = new Map<string, ChangedRecords>();

  function tell(): void {
    while (sessions.size + commands.size + changed.size > 0) {
      const news: News = {
        sessions: take(sessions),
        commands: take(commands),
        changed: take(changed),
      };
      bus.publish({ topic: newsTopic(instance), text: JSON.stringify(news) });
    }
  }

  const unsubscribe = await bus.subscribe(ALL_NEWS, ({ topic, text }) => {
    if (thingOfTopic(topic) === instance) return;
    const news = readNews(text);
    if (news !== null) heard.tell(news);
  });
  const timer = setInterval(tell, BATCH_EVERY_MS);

  return {
    session: (session) => void sessions.set(session.id, session),
    command: (command) => void commands.set(command.id, command),
    changed: (change) => void changed.set(`${change.records} ${change.thingName}`, change),
    onNews: heard.add,
    async close() {
      clearInterval(timer);
      tell();
      await unsubscribe();
    },
  };
}

function take<T>(pending: Map<string, T>): T[] {
  const taken = [...pending].slice(0, BATCH_SIZE);
  for (const [key] of taken) pending.delete(key);
  return taken.map(([, value]) => value);
}

/** Null for anything else: other programs may publish there too. */
function readNews(text: string): News | null {
  try {
    const news = JSON.parse(text) as Partial<News> | null;
    const isWhole = [news?.sessions, news?.commands, news?.changed].every(Array.isArray);
    return isWhole ? (news as News) : null;
  } catch {
    return null;
  }
}
