import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../components/ui/problem-note.tsx';

/** Instead of a blank page: what failed, and a way on. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const { t } = useTranslation();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="stack" style={{ padding: 20, maxWidth: 640 }}>
      <h1>{t('error.page')}</h1>
      <ProblemNote error={error} retry={retry} />
      <a href="/">{t('nav.chargePoints')}</a>
    </div>
  );
}
