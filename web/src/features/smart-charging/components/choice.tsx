interface ChoiceProps {
  label: string;
  value: string;
  values: [value: string, text: string][];
  onChange: (value: string) => void;
}

export function Choice({ label, value, values, onChange }: ChoiceProps) {
  return (
    <label className="row" style={{ gap: 6 }}>
      <span className="label">{label}</span>
      <select className="in" style={{ width: 'auto' }} value={value} onChange={(event) => onChange(event.target.value)}>
        {values.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
