import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Credentials } from './credentials.tsx';
import { IdentityConflicts } from './identity-conflicts.tsx';
import { SecurityEvents } from './security-events.tsx';

/** How a charge point shows who it is, and what it reported about its own security. */
export function Security({ thing }: { thing: Thing }) {
  return (
    <>
      <Credentials thing={thing} />
      <IdentityConflicts thing={thing} />
      <SecurityEvents thingName={thing.thingName} />
    </>
  );
}
