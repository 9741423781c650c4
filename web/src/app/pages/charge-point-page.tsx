import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { LocalListPanel } from '../../features/access/components/local-list-panel.tsx';
import { Overview } from '../../features/charge-point/components/overview.tsx';
import { TitleLine } from '../../features/charge-point/components/title-line.tsx';
import { Commands } from '../../features/commands/components/commands.tsx';
import { Configuration } from '../../features/configuration/components/configuration.tsx';
import { FirmwareAndLogs } from '../../features/firmware/components/firmware-and-logs.tsx';
import { Messages } from '../../features/messages/components/messages.tsx';
import { Reservations } from '../../features/reservations/components/reservations.tsx';
import { Security } from '../../features/security/components/security.tsx';
import { ChargePointSessions } from '../../features/sessions/components/charge-point-sessions.tsx';
import { ShadowPanel } from '../../features/shadow/components/shadow-panel.tsx';
import { SmartCharging } from '../../features/smart-charging/components/smart-charging.tsx';
import { ApiError } from '../../lib/api-client.ts';
import { type Permission, useMayAny } from '../../lib/permissions.ts';
import { thingQuery } from '../../lib/thing-queries.ts';
import { useLive } from '../../live/live-provider.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import { TABS, type Tab } from '../routes/charge-point.ts';

const route = getRouteApi('/shell/charge-points/$name');

export function ChargePointPage() {
  const { t } = useTranslation();
  const may = useMayAny();
  const { name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: thing, error, refetch } = useQuery(thingQuery(name));
  useLive({ thingName: name, messages: false });
  const change = useCallback(
    (patch: Record<string, string | undefined>) =>
      void navigate({ search: (old) => ({ ...old, ...patch }) as typeof old, replace: 'message' in patch }),
    [navigate],
  );
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  if (error && !thing) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!thing) return <SkeletonRows />;
  const tab = search.tab ?? 'overview';
  const panels: Record<Tab, () => ReactNode> = {
    overview: () => <Overview thing={thing} />,
    messages: () => <Messages search={search} onSearch={change} thingName={name} heading={false} />,
    commands: () => (
      <Commands
        thing={thing}
        chosen={search.command}
        again={search.again}
        sent={search.sent}
        onChoose={(command) => change({ command, again: undefined })}
      />
    ),
    sessions: () => <ChargePointSessions thing={thing} />,
    reservations: () => <Reservations thing={thing} />,
    charging: () => <SmartCharging thing={thing} search={search} onSearch={(patch) => change({ ...patch })} />,
    access: () => <LocalListPanel thing={thing} />,
    configuration: () => <Configuration thing={thing} find={search.find} show={search.show} onChange={change} />,
    firmware: () => <FirmwareAndLogs thing={thing} job={search.job} form={search.form} onChange={change} />,
    security: () => <Security thing={thing} />,
    shadow: () => <ShadowPanel thingName={name} />,
  };
  // A tab begins with a clean slate: another tab's filter means nothing in it.
  const open = (next: string | null) =>
    void navigate({ search: next && next !== 'overview' ? { tab: next as Tab } : {} });
  return (
    <>
      <TitleLine thing={thing} />
      <Tabs value={tab} onChange={open} keepMounted={false} style={{ display: 'contents' }}>
        <Tabs.List>
          {TABS.filter((each) => mayOpen(may, each)).map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className="stack" style={{ flex: '1 1 auto', minHeight: tab === 'messages' ? 480 : 0 }}>
          {panels[tab]()}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

const NEEDED: Partial<Record<Tab, Permission>> = { messages: 'messages:read', commands: 'commands:read' };

function mayOpen(may: (permission: Permission) => boolean, tab: Tab): boolean {
  const needed = NEEDED[tab];
  return needed === undefined || may(needed);
}
