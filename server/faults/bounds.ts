import type { Fault } from './fault.ts';
import { noDescriptors } from './no-descriptors.ts';
import { reconnectStorm } from './reconnect-storm.ts';

/** What is too much for the machine: all at once, or more than it may open. */
export const BOUNDS: readonly Fault[] = [noDescriptors, reconnectStorm];
