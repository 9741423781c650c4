import { OCPP_VERSIONS } from '@cpo-console/shared/ocpp-j/frame.ts';
import { fuzzChargePoint } from './charge-point.ts';
import { createRandom } from './random.ts';
import { createTally, type Tally, type TallyListeners } from './tally.ts';
import { createVocabulary } from './vocabulary.ts';

/** How the product is reached: as charge points and programs reach it, and in no other way. */
export interface Target {
  port: number;
  request(
    method: string,
    path: string,
    init?: { body?: string; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
}

export interface FuzzOptions extends TallyListeners {
  target: Target;
  /** How many are sent in all, about. */
  frames: number;
  /** The same seed, the same frames. */
  seed: number;
  /** How many send at the same time. */
  chargePoints?: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const ID_TOKENS = ['CARD-1', 'CARD-2'];

/**
 * Charge points of all versions that say what they should not, each as fast as it is answered. A third of them is taken
 * strictly, the others as the product takes all unless told.
 */
export async function runFuzz(options: FuzzOptions): Promise<Tally> {
  const { target, frames, seed, chargePoints = 42 } = options;
  const tally = createTally(options);
  const vocabularies = new Map(OCPP_VERSIONS.map((version) => [version, createVocabulary(version, seed)]));
  const ask = async (method: string, path: string, body: object): Promise<Response> => {
    const response = await target.request(method, path, { body: JSON.stringify(body), headers: JSON_TYPE });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const command = async (thingName: string, wanted: object): Promise<string> => {
    const path = `/things/${thingName}/commands`;
    const response = await target.request('POST', path, { body: JSON.stringify(wanted), headers: JSON_TYPE });
    const answer = (await response.json()) as { status: string };
    return response.ok ? answer.status : `refused: ${response.status}`;
  };

  for (const idToken of ID_TOKENS) await ask('PUT', `/id-tokens/${idToken}`, {});
  const running = Array.from({ length: chargePoints }, async (_, n) => {
    const version = OCPP_VERSIONS[n % OCPP_VERSIONS.length] ?? 'ocpp1.6';
    const vocabulary = vocabularies.get(version) ?? createVocabulary(version, seed);
    const thingName = `FUZZ-${n}`;
    await ask('POST', '/things', { thingName });
    if (n % 9 < 3) await ask('PATCH', '/tolerance', { chargePoints: [{ thingName, mode: 'strict' }] });
    const random = createRandom(`${seed} ${thingName}`);
    const chargePoint = { thingName, version, port: target.port, random, vocabulary, command };
    await fuzzChargePoint(chargePoint, Math.ceil(frames / chargePoints), tally);
  });
  await Promise.all(running);
  return tally;
}
