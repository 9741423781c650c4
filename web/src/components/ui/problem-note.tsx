import { useTranslation } from 'react-i18next';
import { ApiError } from '../../lib/api-client.ts';

/** What went wrong in the server's words, what to do next, and a way to try again. */
export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = error instanceof ApiError ? error.problem : null;
  const detail =
    problem === null
      ? error instanceof Error
        ? error.message
        : String(error)
      : problem.status === 0
        ? t('error.unreachable')
        : problem.detail || problem.title;
  const next = problem === null ? t('error.nextReload') : nextStep(problem.status);
  return (
    <div className="note" role="alert">
      <b>{problem && problem.status > 0 ? `${problem.status} · ${problem.title}` : t('error.title')}</b>
      <div>{detail}</div>
      {problem?.errors && problem.errors.length > 0 && (
        <ul style={{ margin: '4px 0', paddingLeft: 18 }}>
          {problem.errors.map((each) => (
            <li key={`${each.path} ${each.message}`}>
              <span className="m">{each.path || '/'}</span> {each.message}
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap" style={{ marginTop: 4 }}>
        {next !== '' && <span className="sub">{next}</span>}
        {retry && (
          <button type="button" className="btn small" onClick={retry}>
            {t('action.retry')}
          </button>
        )}
      </div>
    </div>
  );

  function nextStep(status: number): string {
    if (status === 0) return t('error.nextOffline');
    if (status === 401) return t('error.nextSignIn');
    if (status === 403) return t('error.nextRole');
    if (status === 429) return t('error.nextSlow');
    return status >= 500 ? t('error.nextServer') : '';
  }
}
