import type { ProfileTemplate } from '@cpo-console/shared/api/charging.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';

export const TEMPLATES = '/charging-profile-templates';

/** Charging profiles that are kept to be set again. */
export const templatesQuery = queryOptions({
  queryKey: ['profile-templates'],
  queryFn: async ({ signal }) => (await api.get<{ items: ProfileTemplate[] }>(TEMPLATES, undefined, signal)).items,
});
