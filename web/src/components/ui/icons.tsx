/** State is never colour alone: each has a shape of its own. Drawn, so that no font has to have them. */
const SHAPES = {
  full: <circle cx="5" cy="5" r="4.2" fill="currentColor" />,
  ring: <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M5 1.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" />
    </>
  ),
  triangle: <path d="M5 .8 9.6 9.2H.4z" fill="currentColor" />,
  bolt: <path d="M6 .2 1.6 5.8h2.6L3.6 9.8 8.4 4H5.6z" fill="currentColor" />,
  check: <path d="m1.5 5.2 2.4 2.5 4.6-5.4" fill="none" stroke="currentColor" strokeWidth="1.7" />,
  cross: <path d="m2 2 6 6m0-6-6 6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  clock: (
    <>
      <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M5 2.6V5l1.7 1" fill="none" stroke="currentColor" strokeWidth="1.2" />
    </>
  ),
  twice: <path d="M.9 2.9h5.4v5.9H.9zM3 2.6V1.2h6v6H6.6" fill="none" stroke="currentColor" strokeWidth="1.2" />,
  lock: (
    <path d="M2 4.4h6v4.8H2zM3.2 4.4V3a1.8 1.8 0 0 1 3.6 0v1.4" fill="none" stroke="currentColor" strokeWidth="1.2" />
  ),
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 10 }: { name: IconName; size?: number }) {
  return (
    <svg viewBox="0 0 10 10" width={size} height={size} aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}
