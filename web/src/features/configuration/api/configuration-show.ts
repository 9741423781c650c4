/** Which variables to show. */
export const CONFIGURATION_SHOWS = ['writable', 'reboot', 'drift'] as const;
export type ConfigurationShow = (typeof CONFIGURATION_SHOWS)[number];
