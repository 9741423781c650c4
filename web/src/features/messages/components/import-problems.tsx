import { useTranslation } from 'react-i18next';

interface ImportProblemsProps {
  problems: { line: number; problem: string }[];
  count: number;
}

/** The lines that could not be read, folded. */
export function ImportProblems({ problems, count }: ImportProblemsProps) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <details>
      <summary>{t('imports.unread', { count })}</summary>
      <ul style={{ margin: 0, maxHeight: 160, overflow: 'auto' }}>
        {problems.map(({ line, problem }) => (
          <li key={line}>{t('imports.line', { line, problem })}</li>
        ))}
      </ul>
    </details>
  );
}
