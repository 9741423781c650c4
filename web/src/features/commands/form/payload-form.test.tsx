import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeAll, expect, test } from 'vitest';
import { startI18n } from '../../../i18n/i18n.ts';
import { renderPlain } from '../../../testing/render.tsx';
import type { JsonSchema } from '../api/schema.ts';
import { PayloadForm } from './payload-form.tsx';

const schema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'connectorId'],
  definitions: {
    Profile: {
      type: 'object',
      required: ['id', 'purpose'],
      properties: { id: { type: 'integer' }, purpose: { type: 'string', enum: ['A', 'B'] }, note: { type: 'string' } },
    },
  },
  properties: {
    type: { type: 'string', enum: ['Soft', 'Hard'] },
    connectorId: { type: 'integer', minimum: 1, description: 'Words. More urn:x-oca:ocpp:uid:1:1 Which one.' },
    urgent: { type: 'boolean', default: false },
    profile: { $ref: '#/definitions/Profile' },
    keys: { type: 'array', minItems: 1, items: { type: 'string', maxLength: 3 } },
    customData: { type: 'object' },
  },
};
let sent: unknown;

function Subject() {
  const [value, setValue] = useState<unknown>({ type: 'Soft', connectorId: 1 });
  sent = value;
  const known = new Map([['connectorId', [{ value: '2', note: 'Charging' }]]]);
  return <PayloadForm schema={schema} value={value} known={known} onChange={setValue} />;
}

beforeAll(() => startI18n('en'));

const json = () => JSON.parse(JSON.stringify(sent));

test('only what is required is shown and sent, and nothing that has a default sneaks in', () => {
  renderPlain(<Subject />);
  expect(screen.getByText('Which one.')).toBeDefined();
  expect(screen.queryByLabelText('urgent')).toBeNull();
  expect(screen.queryByText('customData')).toBeNull();
  fireEvent.change(screen.getByLabelText(/^type/), { target: { value: '1' } });
  expect(json()).toEqual({ type: 'Hard', connectorId: 1 });
});

test('a number stays a number, and a broken rule is said at its field', () => {
  renderPlain(<Subject />);
  fireEvent.change(screen.getByLabelText(/^connectorId/), { target: { value: '0' } });
  expect(json()).toEqual({ type: 'Soft', connectorId: 0 });
  expect(screen.getByText('is less than 1')).toBeDefined();
});

test('known values are offered with what they are', async () => {
  renderPlain(<Subject />);
  fireEvent.click(screen.getByLabelText(/^connectorId/));
  fireEvent.change(screen.getByLabelText(/^connectorId/), { target: { value: '' } });
  fireEvent.click(await screen.findByText('Charging'));
  expect(json()).toEqual({ type: 'Soft', connectorId: 2 });
});

test('an optional group is added and left out as a whole, with what it has to have', () => {
  renderPlain(<Subject />);
  fireEvent.click(screen.getByRole('button', { name: /^Optional/ }));
  fireEvent.change(screen.getByLabelText('urgent'), { target: { value: '0' } });
  const [addProfile] = screen.getAllByRole('button', { name: '+ Add' });
  if (addProfile) fireEvent.click(addProfile);
  fireEvent.change(screen.getByLabelText(/^purpose/), { target: { value: '1' } });
  expect(json()).toEqual({ type: 'Soft', connectorId: 1, urgent: true, profile: { purpose: 'B' } });
  expect(screen.getByText('is missing')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '✕ Leave out' }));
  expect(json()).toEqual({ type: 'Soft', connectorId: 1, urgent: true });
});

test('entries of a list are added and removed', () => {
  renderPlain(<Subject />);
  fireEvent.click(screen.getByRole('button', { name: /^Optional/ }));
  const add = screen.getAllByRole('button', { name: '+ Add' }).at(-1);
  if (add) fireEvent.click(add);
  for (let entry = 0; entry < 2; entry += 1) fireEvent.click(screen.getByRole('button', { name: '+ Add to keys' }));
  const fields = screen.getAllByLabelText(/^keys-/);
  expect(fields).toHaveLength(2);
  fireEvent.change(fields[0] as HTMLElement, { target: { value: 'long!' } });
  expect(screen.getByText('is longer than 3 characters')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Remove entry 1' }));
  expect(screen.getAllByLabelText(/^keys-/)).toHaveLength(1);
});
