import type { Thing } from '@cpo-console/shared/api/things.ts';
import { OutsideReadings } from './outside-readings.tsx';
import { SessionsTable } from './sessions-table.tsx';
import { StartSession } from './start-session.tsx';

/** The sessions of one charge point, and the way to begin one. */
export function ChargePointSessions({ thing }: { thing: Thing }) {
  return (
    <>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <StartSession thing={thing} />
      </div>
      <SessionsTable filter={{ thingName: thing.thingName }} withName={false} />
      <OutsideReadings thingName={thing.thingName} />
    </>
  );
}
