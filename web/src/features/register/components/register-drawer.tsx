import type { RegisteredThing } from '@cpo-console/shared/api/things.ts';
import { Drawer, Tabs } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkForm } from './bulk-form.tsx';
import { RegisterForm } from './register-form.tsx';

const RegisteredResult = lazy(() =>
  import('./registered-result.tsx').then((module) => ({ default: module.RegisteredResult })),
);

interface RegisterDrawerProps {
  open: boolean;
  /** Filled in already, for one that waits at the door. */
  thingName: string;
  onClose: () => void;
}

export function RegisterDrawer({ open, thingName, onClose }: RegisterDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={open}
      onClose={onClose}
      position="right"
      size={520}
      title={t('register.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {open && <RegisterBody key={thingName} thingName={thingName} onClose={onClose} />}
    </Drawer>
  );
}

function RegisterBody({ thingName, onClose }: Omit<RegisterDrawerProps, 'open'>) {
  const { t } = useTranslation();
  const [registered, setRegistered] = useState<RegisteredThing | null>(null);
  if (registered) {
    return (
      <Suspense fallback={<div className="skel" />}>
        <RegisteredResult registered={registered} onAnother={() => setRegistered(null)} onClose={onClose} />
      </Suspense>
    );
  }
  return (
    <Tabs defaultValue="one" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="one">{t('register.one')}</Tabs.Tab>
        <Tabs.Tab value="bulk">{t('register.bulk')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="one">
        <RegisterForm thingName={thingName} onRegistered={setRegistered} />
      </Tabs.Panel>
      <Tabs.Panel value="bulk">
        <BulkForm onDone={onClose} />
      </Tabs.Panel>
    </Tabs>
  );
}
