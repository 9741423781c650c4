import type { ProfileTemplate } from '@cpo-console/shared/api/charging.ts';
import type { ProfileDraft } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { TEMPLATES, templatesQuery } from '../../../lib/profile-templates.ts';
import { DeleteTemplate } from './delete-template.tsx';

interface TemplateBarProps {
  /** null while it can't be kept. */
  draft: ProfileDraft | null;
  onLoad: (draft: ProfileDraft) => void;
}

/** Profiles kept to be set again: load one, keep what is drawn up, forget one. */
export function TemplateBar({ draft, onLoad }: TemplateBarProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: templates = [], error } = useQuery(templatesQuery);
  const [chosenId, setChosenId] = useState('');
  const [name, setName] = useState('');
  const chosen = templates.find(({ id }) => id === chosenId);
  const onSuccess = () => client.invalidateQueries({ queryKey: templatesQuery.queryKey });
  const keep = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), profile: draft };
      const same = templates.find((template) => template.name === body.name);
      return same
        ? api.put<ProfileTemplate>(`${TEMPLATES}/${same.id}`, body)
        : api.post<ProfileTemplate>(TEMPLATES, body);
    },
    onSuccess: (template) => {
      setChosenId(template.id);
      return onSuccess();
    },
  });
  const problem = error ?? keep.error;
  return (
    <div className="stack" style={{ gap: 6 }}>
      <div className="row wrap">
        <select
          className="in"
          style={{ width: 200 }}
          aria-label={t('charging.template')}
          value={chosenId}
          onChange={(event) => {
            setChosenId(event.target.value);
            const template = templates.find(({ id }) => id === event.target.value);
            if (template) {
              setName(template.name);
              onLoad(template.profile);
            }
          }}
        >
          <option value="">{t('charging.fromTemplate')}</option>
          {templates.map((template) => (
            <option key={template.id} value={template.id}>
              {template.name}
            </option>
          ))}
        </select>
        {chosen && (
          <DeleteTemplate
            key={chosen.id}
            template={chosen}
            onDone={() => {
              setChosenId('');
              return onSuccess();
            }}
          />
        )}
        <span className="grow" />
        <input
          className="in"
          style={{ width: 170 }}
          aria-label={t('charging.templateName')}
          placeholder={t('charging.templateName')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button
          type="button"
          className="btn"
          disabled={draft === null || name.trim() === '' || keep.isPending}
          onClick={() => keep.mutate()}
        >
          {t('charging.keepTemplate')}
        </button>
      </div>
      {keep.data && !keep.error && <span className="sub">{t('charging.kept', { name: keep.data.name })}</span>}
      {problem && <ProblemNote error={problem} />}
    </div>
  );
}
