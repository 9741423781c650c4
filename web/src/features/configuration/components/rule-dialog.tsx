import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { type NewRule, useRemoveRule, useSaveRule } from '../api/desired-queries.ts';
import { componentLabel, variableLabel } from '../api/variable-groups.ts';
import { PlaceFields } from './place-fields.tsx';

export interface EditedRule {
  /** null: a new one. */
  id: string | null;
  rule: NewRule;
  /** Which variable it is about stands. */
  placeIsGiven: boolean;
}

interface RuleDialogProps {
  edited: EditedRule | null;
  /** Offered where it has some. */
  tags: readonly string[];
  onClose: () => void;
}

/** What a variable is to be, for whom, and whether that is sent by itself. */
export function RuleDialog({ edited, tags, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={edited !== null}
      onClose={onClose}
      centered
      title={edited?.id === null ? t('desired.new') : t('desired.edit')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {edited && <RuleForm edited={edited} tags={tags} onClose={onClose} />}
    </Modal>
  );
}

/** Seen from a charge point, a rule for somebody else does not take the place of the one that held. */
const isAnother = ({ rule, placeIsGiven }: EditedRule, next: NewRule): boolean =>
  placeIsGiven && (rule.scope !== next.scope || rule.target !== next.target);

function RuleForm({ edited, tags, onClose }: { edited: EditedRule; tags: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [rule, setRule] = useState(edited.rule);
  const save = useSaveRule();
  const remove = useRemoveRule();
  const set = (patch: Partial<NewRule>) => setRule((old) => ({ ...old, ...patch }));
  const isBusy = save.isPending || remove.isPending;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id: isAnother(edited, rule) ? null : edited.id, rule }, { onSuccess: onClose });
      }}
    >
      {edited.placeIsGiven ? (
        <div className="b">{[componentLabel(rule), variableLabel(rule)].filter(Boolean).join(' · ')}</div>
      ) : (
        <PlaceFields rule={rule} onChange={set} />
      )}
      <div className="field">
        <label htmlFor="rule-value">{t('desired.value')}</label>
        <input
          id="rule-value"
          className="in m"
          autoComplete="off"
          maxLength={2_500}
          value={rule.value}
          onChange={(event) => set({ value: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="rule-scope">{t('desired.scope')}</label>
        <select
          id="rule-scope"
          className="in"
          value={rule.scope}
          onChange={(event) => {
            const scope = event.target.value as NewRule['scope'];
            const given = edited.rule.scope === scope ? edited.rule.target : null;
            set({ scope, target: scope === 'fleet' ? null : (given ?? (scope === 'tag' ? (tags[0] ?? '') : '')) });
          }}
        >
          {(['thing', 'tag', 'fleet'] as const).map((scope) => (
            <option key={scope} value={scope}>
              {t(`desired.scopes.${scope}`)}
            </option>
          ))}
        </select>
        <span className="hint">{t('desired.scopeHint')}</span>
      </div>
      {rule.scope !== 'fleet' && (
        <div className="field">
          <label htmlFor="rule-target">{t(rule.scope === 'tag' ? 'desired.tag' : 'desired.thing')}</label>
          <input
            id="rule-target"
            className="in"
            required
            maxLength={128}
            list={rule.scope === 'tag' ? 'rule-tags' : undefined}
            value={rule.target ?? ''}
            onChange={(event) => set({ target: event.target.value })}
          />
          <datalist id="rule-tags">
            {tags.map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
        </div>
      )}
      <label className="row">
        <input
          type="checkbox"
          checked={rule.applyOnBoot}
          onChange={(event) => set({ applyOnBoot: event.target.checked })}
        />
        {t('desired.onBoot')}
      </label>
      {save.isError && <ProblemNote error={save.error} />}
      {remove.isError && <ProblemNote error={remove.error} />}
      <div className="row">
        {edited.id !== null && (
          <button
            type="button"
            className="btn"
            disabled={isBusy}
            onClick={() => edited.id !== null && remove.mutate(edited.id, { onSuccess: onClose })}
          >
            {t('desired.remove')}
          </button>
        )}
        <span className="grow" />
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={isBusy}>
          {t('action.save')}
        </button>
      </div>
    </form>
  );
}
