import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { applyLiveEvents } from './apply-live-events.ts';
import { type CatchUp, createCatchUp } from './catch-up.ts';
import { createLiveStream, type LiveEvent, type LiveNeed, type LiveStatus, type LiveStream } from './live-stream.ts';
import { keys } from './query-keys.ts';

const StreamContext = createContext<LiveStream | null>(null);
const StatusContext = createContext<LiveStatus>('connecting');

/** Keeps the query cache up to date from the stream, while someone is signed in. */
export function LiveProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  const client = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const catchUp = useRef<CatchUp>(undefined);
  const stream = useMemo(() => {
    const onEvents = (events: LiveEvent[]) => {
      catchUp.current?.note(events);
      applyLiveEvents(client, events);
    };
    const onStatus = (next: LiveStatus) => {
      setStatus(next);
      // It also ends when the sign-in does, or has another role.
      if (next === 'lost') void client.invalidateQueries({ queryKey: keys.session });
    };
    return createLiveStream({ onEvents, onStatus });
  }, [client]);
  useEffect(() => {
    catchUp.current = createCatchUp(client);
    return () => catchUp.current?.stop();
  }, [client]);
  useEffect(() => {
    if (!enabled) return;
    stream.start();
    const wake = () => stream.retry();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      stream.stop();
    };
  }, [stream, enabled]);
  return (
    <StreamContext value={stream}>
      <StatusContext value={status}>{children}</StatusContext>
    </StreamContext>
  );
}

export const useLiveStatus = (): LiveStatus => useContext(StatusContext);
export const useLiveRetry = (): (() => void) => {
  const stream = useContext(StreamContext);
  return () => stream?.retry();
};

/** Say what the page that is mounted shows: the stream then carries that. */
export function useLive({ thingName, messages, filter }: LiveNeed): void {
  const stream = useContext(StreamContext);
  useEffect(
    () => stream?.need({ messages, ...(thingName !== undefined && { thingName }), ...(filter && { filter }) }),
    [stream, thingName, messages, filter],
  );
}
