import { type TObject, type TProperties, type TSchema, Type } from 'typebox';

/** RFC 3339, UTC, milliseconds. */
export const Time = Type.String({ format: 'date-time', examples: ['2026-05-04T10:15:30.123Z'] });

export const nullable = <T extends TSchema>(schema: T, options: { description?: string } = {}) =>
  Type.Union([schema, Type.Null()], options);

export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) });

export const Limit = (fallback: number, maximum: number) =>
  Type.Integer({ minimum: 1, maximum, default: fallback, description: 'At most this many items.' });

export const Cursor = Type.String({ maxLength: 400, description: '`nextCursor` of the page before.' });

/** A time as callers give it: RFC 3339 with any offset. */
export const TimeParameter = Type.String({ format: 'date-time', maxLength: 40 });

export const ThingParams = Type.Object({ thingName: Type.String({ minLength: 1, maxLength: 128 }) });

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { description: 'RFC 9457. `errors` names each field that was wrong.' },
);

/**
 * The body of a PUT: what is to be set, and the rest of what GET tells of the resource, so that it may come back as it
 * was told. That rest changes nothing.
 */
export function replacementOf<T extends TProperties>(view: TObject, body: TObject<T>): TObject<T> {
  const told = Object.entries(view.properties).filter(([name]) => !Object.hasOwn(body.properties, name));
  const ignored = Object.fromEntries(
    told.map(([name, schema]) => [name, Type.Optional({ ...schema, readOnly: true })]),
  );
  return Type.Object({ ...body.properties, ...ignored }, { additionalProperties: false });
}

/** What each route may answer besides its success. */
export const PROBLEMS = { '4xx': Problem, '5xx': Problem } as const;

/** An answer that is not, or not only, JSON: its schema by media type. */
export const contentOf = (schemas: Record<string, TSchema>) => ({
  description: 'OK',
  content: Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }])),
});
