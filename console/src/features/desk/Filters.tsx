import { Group, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '@/shared/components';
import { later, useSettled } from '@/shared/settled';
import { KINDS } from './channels/registry';
import classes from './desk.module.css';
import { HiddenButton } from './HiddenButton';
import type { Filter, View } from './items';

const HiddenChoice = later(() => import('./HiddenChoice').then(({ HiddenChoice }) => HiddenChoice), {
  optional: true,
});

interface Props {
  view: View;
  onView: (view: View) => void;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  hidden: number;
  filtered: number;
  search: Ref<HTMLInputElement>;
}

/** What is looked for just now, and what is hidden until one wants to see it. */
export function Filters({ view, onView, filter, onFilter, hidden, filtered, search }: Props) {
  const { t } = useTranslation(['desk', 'case']);
  return (
    <div className={classes.filters}>
      <Group gap={6} wrap="nowrap">
        <div className={classes.search}>
          <SearchField
            ref={search}
            label={t('search')}
            value={filter.text}
            onChange={(text: string) => onFilter({ ...filter, text })}
          />
        </div>
        <Hidden view={view} onView={onView} />
      </Group>
      <div className={classes.chips} role="group" aria-label={t('filter')}>
        <Chip on={filter.mine} onClick={() => onFilter({ ...filter, mine: !filter.mine })}>
          {t('mine')}
        </Chip>
        {KINDS.map((kind) => (
          <Chip
            key={kind}
            on={filter.kind === kind}
            onClick={() => onFilter({ ...filter, kind: filter.kind === kind ? null : kind })}
          >
            {t(`kinds.${kind}`)}
          </Chip>
        ))}
      </div>
      {(hidden > 0 || filtered > 0) && (
        <Text size="xs" c="dimmed" component="div" className={classes.hidden}>
          <IconEyeOff size={14} stroke={1.6} aria-hidden />
          {hidden > 0 && (
            <>
              <span>{t('hidden', { count: hidden })}</span>
              <button
                type="button"
                className={classes.textButton}
                onClick={() => onView({ hidden_queues: [], hidden_units: [], hidden_kinds: [] })}
              >
                {t('showAll')}
              </button>
            </>
          )}
          {filtered > 0 && <span>{t('filtered', { count: filtered })}</span>}
        </Text>
      )}
    </div>
  );
}

function Chip({ on, onClick, children }: { on: boolean; onClick: () => void; children: string }) {
  return (
    <button type="button" className={classes.chip} aria-pressed={on} onClick={onClick}>
      {children}
    </button>
  );
}

function Hidden({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation(['desk', 'case']);
  const settled = useSettled();
  const [asked, setAsked] = useState(false);
  const button = <HiddenButton view={view} onClick={() => setAsked(true)} label={t('choose')} />;
  return settled || asked ? (
    <HiddenChoice view={view} onView={onView} asked={asked} meanwhile={button} />
  ) : (
    button
  );
}
