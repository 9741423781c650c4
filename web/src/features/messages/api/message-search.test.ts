import { expect, it } from 'vitest';
import { filterOf } from './message-search.ts';

it('a direction is that of the exchange, or of the frame where each has its own row', () => {
  expect(filterOf({ direction: 'in', latencyOver: '5' })).toEqual({ exchangeDirection: 'in', latencyOver: '5' });
  expect(filterOf({ direction: 'in', view: 'raw' })).toEqual({ direction: 'in' });
});
