import { MeasuredServer } from './measured-server.ts';
import { median, sampleInTurns } from './samples.ts';

const ROUNDS = 15;
const THINGS = '100';

type Report = (what: string, ratio: number, goal: string, detail: string) => void;

/** What it costs that free text can be found: all threads of a whole server, with signatures and without. */
export async function signingCost(report: Report): Promise<void> {
  const servers = {
    without: await MeasuredServer.start('./product-server.ts', [THINGS], './without-signatures.ts'),
    signing: await MeasuredServer.start('./product-server.ts', [THINGS]),
  };
  const { without, signing } = await sampleInTurns(servers, ROUNDS);
  const perCall = (samples: typeof signing): number => median(samples.map(({ perCallUs }) => perCallUs));
  report(
    'CPU per answered CALL, signing for searches',
    perCall(signing) / perCall(without),
    '<= 1.05',
    `${perCall(signing).toFixed(1)} us against ${perCall(without).toFixed(1)} without`,
  );
  await Promise.all(Object.values(servers).map((server) => server.stop()));
}
