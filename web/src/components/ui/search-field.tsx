import { useEffect, useRef, useState } from 'react';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string | undefined) => void;
}

const SETTLE_MS = 150;

/** Follows the address, and writes to it once typing pauses. `/` focuses it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text === '' ? undefined : text), SETTLE_MS);
  };
  return (
    <input
      type="search"
      className="in"
      style={{ flex: '1 1 200px', maxWidth: 280 }}
      aria-label={label}
      placeholder={`${label}  /`}
      value={typed}
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
