import type { OcppVersion } from '../ocpp-j/frame.ts';

/** Folder and module names per version: `v16/messages.ts`, `generated/validators/v16.mjs`, … */
export const VERSION_FOLDERS = { 'ocpp1.6': 'v16', 'ocpp2.0.1': 'v201', 'ocpp2.1': 'v21' } as const satisfies Record<
  OcppVersion,
  string
>;
export type VersionFolder = (typeof VERSION_FOLDERS)[OcppVersion];
