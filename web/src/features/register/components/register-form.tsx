import type { AuthType, RegisteredThing } from '@cpo-console/shared/api/things.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { splitTags } from '../../../lib/split-tags.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import { nameDefect, useRegister } from '../api/register.ts';

interface RegisterFormProps {
  thingName: string;
  onRegistered: (thing: RegisteredThing) => void;
}

export function RegisterForm({ thingName, onRegistered }: RegisterFormProps) {
  const { t } = useTranslation();
  const { data: things } = useQuery(thingsQuery);
  const names = useMemo(() => new Set((things ?? []).map((thing) => thing.thingName)), [things]);
  const [name, setName] = useState(thingName);
  const [tags, setTags] = useState('');
  const [auth, setAuth] = useState<AuthType>('none');
  const [sandbox, setSandbox] = useState(false);
  const register = useRegister();
  const defect = nameDefect(name, (sought) => names.has(sought));
  const shownDefect = name === '' ? null : defect;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (defect) return;
    register.mutate(
      { thingName: name, tags: splitTags(tags), auth: { type: auth }, sandbox },
      { onSuccess: onRegistered },
    );
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor="thing-name">{t('register.name')}</label>
        <input
          id="thing-name"
          className="in m"
          value={name}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          data-autofocus
          aria-invalid={shownDefect !== null}
          aria-describedby="thing-name-hint"
          onChange={(event) => setName(event.target.value.trim())}
        />
        <span id="thing-name-hint" className={shownDefect ? 'wrong' : 'hint'} role="status">
          {shownDefect ? t(`register.defect.${shownDefect}`) : t('register.nameHint')}
        </span>
      </div>
      <div className="field">
        <label htmlFor="tags">{t('register.tags')}</label>
        <input
          id="tags"
          className="in"
          value={tags}
          autoComplete="off"
          onChange={(event) => setTags(event.target.value)}
          aria-describedby="tags-hint"
        />
        <span id="tags-hint" className="hint">
          {t('register.tagsHint')}
        </span>
      </div>
      <AuthChoice value={auth} onChange={setAuth} />
      <label className="row" style={{ alignItems: 'flex-start' }}>
        <input
          type="checkbox"
          checked={sandbox}
          onChange={(event) => setSandbox(event.target.checked)}
          style={{ marginTop: 3 }}
        />
        <span>
          <span className="b">{t('rerun.sandbox')}</span>
          <br />
          <span className="sub">{t('rerun.sandboxHint')}</span>
        </span>
      </label>
      {register.isError && <ProblemNote error={register.error} />}
      <button type="submit" className="btn p" disabled={defect !== null || register.isPending}>
        {t('register.submit')}
      </button>
    </form>
  );
}

function AuthChoice({ value, onChange }: { value: AuthType; onChange: (value: AuthType) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }} className="stack">
      <legend className="label" style={{ padding: 0, marginBottom: 6 }}>
        {t('register.auth')}
      </legend>
      {(['none', 'basic', 'certificate'] as const).map((type) => (
        <label key={type} className="row" style={{ alignItems: 'flex-start' }}>
          <input
            type="radio"
            name="auth"
            value={type}
            checked={value === type}
            onChange={() => onChange(type)}
            style={{ marginTop: 3 }}
          />
          <span>
            <span className="b">{t(`register.authType.${type}`)}</span>
            <br />
            <span className="sub">{t(`register.authHint.${type}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
