import { useTranslation } from 'react-i18next';
import type { NewRule } from '../api/desired-queries.ts';

interface PlaceFieldsProps {
  rule: NewRule;
  onChange: (patch: Partial<NewRule>) => void;
}

const NOWHERE: NonNullable<NewRule['component']> = { name: '', instance: null, evseId: null, connectorId: null };

/** Which variable: without a component it is a configuration key of OCPP 1.6. */
export function PlaceFields({ rule: { component, variable, attribute }, onChange }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const setComponent = (patch: Partial<typeof NOWHERE>) => {
    const next = { ...NOWHERE, ...component, ...patch };
    onChange({ component: next.name === '' ? null : next });
  };
  const field = (id: string, value: string | number | null, set: (text: string) => void, more: object = {}) => (
    <div className="field grow" style={{ minWidth: 120 }}>
      <label htmlFor={`rule-${id}`}>{t(`desired.place.${id}` as 'desired.place.component')}</label>
      <input
        id={`rule-${id}`}
        className="in"
        maxLength={255}
        value={value ?? ''}
        onChange={(event) => set(event.target.value)}
        {...more}
      />
    </div>
  );
  const number = (text: string): number | null => (text === '' ? null : Number(text));
  return (
    <>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        {field('component', component?.name ?? null, (name) => setComponent({ name }))}
        {field('variable', variable.name, (name) => onChange({ variable: { ...variable, name } }), { required: true })}
      </div>
      <span className="sub">{t('desired.place.hint')}</span>
      {component !== null && (
        <div className="row wrap" style={{ alignItems: 'flex-end' }}>
          {field('evse', component.evseId, (text) => setComponent({ evseId: number(text) }), {
            type: 'number',
            min: 0,
          })}
          {field('connector', component.connectorId, (text) => setComponent({ connectorId: number(text) }), {
            type: 'number',
            min: 0,
          })}
          {field('componentInstance', component.instance, (text) => setComponent({ instance: text || null }))}
          {field('variableInstance', variable.instance, (text) =>
            onChange({ variable: { ...variable, instance: text || null } }),
          )}
          <div className="field">
            <label htmlFor="rule-attribute">{t('desired.place.attribute')}</label>
            <select
              id="rule-attribute"
              className="in"
              value={attribute}
              onChange={(event) => onChange({ attribute: event.target.value })}
            >
              {['Actual', 'Target', 'MinSet', 'MaxSet'].map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </div>
        </div>
      )}
    </>
  );
}
