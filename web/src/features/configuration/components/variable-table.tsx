import type { Drift, ReportedVariable, VariableCharacteristics } from '@cpo-console/shared/api/configuration.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/ui/icons.tsx';
import { Age } from '../../../components/ui/time.tsx';
import type { Drafts } from '../api/use-drafts.ts';
import { groupVariables, placeKey, type VariableGroup, variableLabel } from '../api/variable-groups.ts';
import styles from './configuration.module.css';
import { DesiredCell } from './desired-cell.tsx';
import { ValueCell } from './value-cell.tsx';

interface VariableTableProps {
  variables: readonly ReportedVariable[];
  /** Something is searched for: what is found shows at once. */
  open: boolean;
  cells: CellContext;
}

/** What the cells of a row need beside its variable. */
export interface CellContext {
  drafts: Drafts;
  /** What is wanted, by variable. */
  wanted: ReadonlyMap<string, Drift>;
  onWant: (variable: ReportedVariable, wanted: Drift | undefined) => void;
}

/** With more than this, components begin closed. */
const OPEN_UP_TO = 200;

export function VariableTable({ variables, open, cells }: VariableTableProps) {
  const { t } = useTranslation();
  const groups = groupVariables(variables);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const startsOpen = variables.length <= OPEN_UP_TO;
  const isOpen = (label: string) => label === '' || (startsOpen ? !toggled.has(label) : toggled.has(label));
  const toggle = (label: string) =>
    setToggled((old) => new Set(old.has(label) ? [...old].filter((each) => each !== label) : [...old, label]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className={`panel scroll ${styles.table}`} tabIndex={0} aria-label={t('tab.configuration')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('configuration.variable')}</th>
            <th>{t('configuration.value')}</th>
            <th>{t('desired.column')}</th>
            <th>{t('configuration.access')}</th>
            <th className="num">{t('configuration.reported')}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Group
            key={group.label}
            group={group}
            open={isOpen(group.label) || (open && startsOpen)}
            onToggle={() => toggle(group.label)}
            cells={cells}
          />
        ))}
      </table>
    </section>
  );
}

interface GroupProps {
  group: VariableGroup;
  open: boolean;
  onToggle: () => void;
  cells: CellContext;
}

function Group({ group: { label, variables }, open, onToggle, cells }: GroupProps) {
  return (
    <tbody>
      {label !== '' && (
        <tr className={styles.group}>
          <th colSpan={5} scope="rowgroup">
            <button type="button" aria-expanded={open} onClick={onToggle}>
              <span className={styles.arrow} aria-hidden="true">
                {open ? '▾' : '▸'}
              </span>
              {label} <span className="mut">{variables.length}</span>
            </button>
          </th>
        </tr>
      )}
      {open &&
        variables.map((variable) => (
          <Row key={placeKey(variable)} variable={variable} cells={cells} indented={label !== ''} />
        ))}
    </tbody>
  );
}

function Row({ variable, cells, indented }: { variable: ReportedVariable; cells: CellContext; indented: boolean }) {
  const { drafts, wanted, onWant } = cells;
  const { t } = useTranslation();
  const { mutability, constant, characteristics } = variable;
  const isFixed = mutability === 'ReadOnly' || constant === true;
  return (
    <tr className={drafts.drafts.has(placeKey(variable)) ? styles.changed : ''}>
      <td className={indented ? styles.indented : ''}>
        <span className="b">{variableLabel(variable)}</span>
        {characteristics && <span className={styles.facts}>{factsOf(characteristics)}</span>}
      </td>
      <td>
        <ValueCell variable={variable} drafts={drafts} />
      </td>
      <td>
        <DesiredCell variable={variable} wanted={wanted.get(placeKey(variable))} onWant={onWant} />
      </td>
      <td className="sub">
        <span className={styles.access}>
          {isFixed && <Icon name="lock" />}
          {t(
            `configuration.mutability.${constant ? 'Constant' : (mutability ?? 'unknown')}` as 'configuration.mutability.unknown',
            {
              defaultValue: mutability ?? '',
            },
          )}
        </span>
      </td>
      <td className="num sub">
        <Age at={variable.updatedAt === '' ? null : variable.updatedAt} />
      </td>
    </tr>
  );
}

/** `integer · 0…300 s`, `OptionList · a, b` */
function factsOf({ dataType, unit, minLimit, maxLimit, valuesList }: VariableCharacteristics): string {
  const list = valuesList === null ? null : valuesList.replaceAll(',', ', ');
  return [dataType, [limitsOf(minLimit, maxLimit), unit].filter(Boolean).join(' '), list].filter(Boolean).join(' · ');
}

function limitsOf(least: number | null, most: number | null): string | null {
  if (least === null) return most === null ? null : `≤ ${most}`;
  return most === null ? `≥ ${least}` : `${least}…${most}`;
}
