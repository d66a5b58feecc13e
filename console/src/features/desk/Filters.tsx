import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconEyeOff, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useUnits } from '@/shared/case';
import { SearchField } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import classes from './desk.module.css';
import { type Filter, KINDS, type View } from './items';

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

function toggled(hidden: readonly string[], key: string, shown: boolean): string[] {
  return shown ? hidden.filter((each) => each !== key) : [...hidden, key];
}

function Hidden({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation(['desk', 'case']);
  const [opened, setOpened] = useState(false);
  const queues = useLive((state) => state.queues);
  const { data: units } = useUnits();
  const unitOf = useQueueUnits();
  const hides = view.hidden_queues.length + view.hidden_units.length + view.hidden_kinds.length > 0;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('choose')} disabled={opened}>
          <ActionIcon
            size={36}
            variant={hides ? 'light' : 'default'}
            color={hides ? 'fjord' : 'gray'}
            aria-label={t('choose')}
            aria-haspopup="dialog"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconFilter size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown maw={320} aria-label={t('choose')}>
        <Stack gap="xs" mah="60vh" className={classes.choices}>
          {Object.entries({ ...units, '': t('noUnit') }).map(([unit, name]) => {
            const own = Object.values(queues).filter(({ key }) => (unitOf[key] ?? '') === unit);
            if (!own.length) return null;
            return (
              <fieldset key={unit} className={classes.choice}>
                <legend>
                  <Checkbox
                    label={name}
                    fw={600}
                    disabled={!unit}
                    checked={!view.hidden_units.includes(unit)}
                    onChange={(event) =>
                      onView({
                        ...view,
                        hidden_units: toggled(view.hidden_units, unit, event.currentTarget.checked),
                      })
                    }
                  />
                </legend>
                {own.map((queue) => (
                  <Checkbox
                    key={queue.key}
                    ml="lg"
                    label={queue.name}
                    disabled={view.hidden_units.includes(unit)}
                    checked={!view.hidden_queues.includes(queue.key) && !view.hidden_units.includes(unit)}
                    onChange={(event) =>
                      onView({
                        ...view,
                        hidden_queues: toggled(view.hidden_queues, queue.key, event.currentTarget.checked),
                      })
                    }
                  />
                ))}
              </fieldset>
            );
          })}
          <fieldset className={classes.choice}>
            <legend>{t('channels')}</legend>
            {KINDS.map((kind) => (
              <Checkbox
                key={kind}
                label={t(`kinds.${kind}`)}
                checked={!view.hidden_kinds.includes(kind)}
                onChange={(event) =>
                  onView({
                    ...view,
                    hidden_kinds: toggled(
                      view.hidden_kinds,
                      kind,
                      event.currentTarget.checked,
                    ) as View['hidden_kinds'],
                  })
                }
              />
            ))}
          </fieldset>
        </Stack>
        <Button
          mt="sm"
          fullWidth
          variant="default"
          size="compact-sm"
          disabled={!hides}
          onClick={() => onView({ hidden_queues: [], hidden_units: [], hidden_kinds: [] })}
        >
          {t('showAll')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The unit of each queue. */
function useQueueUnits(): Record<string, string | null | undefined> {
  const { data } = useQuery({
    queryKey: ['queues', 'units'],
    staleTime: 60_000,
    queryFn: async () => {
      const found = await call(api.GET('/api/queues', { params: { query: { limit: 200 } } }));
      return Object.fromEntries(found.items.map(({ key, unit }) => [key, unit]));
    },
  });
  return data ?? {};
}
