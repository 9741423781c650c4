/** Reading members of payloads that nobody has checked: what is missing or of another type is undefined. */
export type Payload = Record<string, unknown>;

export function asPayload(value: unknown): Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : {};
}

export function asList(value: unknown): Payload[] {
  return Array.isArray(value) ? value.map(asPayload) : [];
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asInteger(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}
