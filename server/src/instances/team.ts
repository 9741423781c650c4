import type { MessageBus } from '../bus/message-bus.ts';
import { type AskInstance, createAskInstance } from './ask-instance.ts';
import { createInstances, type Instances } from './instances.ts';
import { createRecordNews, type RecordNews } from './record-news.ts';

/** What a process needs of the others that share the work. */
export interface Team {
  /** Names this process among them. */
  instance: string;
  instances: Instances;
  askInstance: AskInstance;
  news: RecordNews;
  close(): Promise<void>;
}

export interface TeamOptions {
  bus: MessageBus;
  instance: string;
  newId: () => string;
}

export async function joinTeam(options: TeamOptions): Promise<Team> {
  const instances = await createInstances(options);
  const askInstance = await createAskInstance({ ...options, instances });
  const news = await createRecordNews(options);
  return {
    instance: options.instance,
    instances,
    askInstance,
    news,
    async close() {
      await news.close();
      await askInstance.close();
      await instances.close();
    },
  };
}
