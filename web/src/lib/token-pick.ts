import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { keys } from '../live/query-keys.ts';
import { api } from './api-client.ts';

const SUGGESTED = 10;

/** Registered tokens like what is typed. */
export const tokenPickQuery = (search: string) =>
  queryOptions({
    queryKey: keys.idTokens.pick(search),
    queryFn: async ({ signal }) =>
      (await api.get<Page<IdToken>>('/id-tokens', { search, limit: SUGGESTED }, signal)).items,
    placeholderData: keepPreviousData,
  });
