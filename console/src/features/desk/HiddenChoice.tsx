import { Button, Checkbox, Popover, Stack, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useUnits } from '@/shared/case';
import { useLive } from '@/shared/live/store';
import { KINDS } from './channels/registry';
import classes from './desk.module.css';
import { HiddenButton } from './HiddenButton';
import { hidesSomething, type View } from './items';

interface Props {
  view: View;
  onView: (view: View) => void;
  /** The button was pressed before this was there. */
  asked: boolean;
}

/** What is hidden until one wants to see it: units, queues, channels. */
export function HiddenChoice({ view, onView, asked }: Props) {
  const { t } = useTranslation(['desk', 'case']);
  const [opened, setOpened] = useState(asked);
  const queues = useLive((state) => state.queues);
  const { data: units } = useUnits();
  const unitOf = useQueueUnits();
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('choose')} disabled={opened}>
          <HiddenButton
            view={view}
            label={t('choose')}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          />
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
          disabled={!hidesSomething(view)}
          onClick={() => onView({ hidden_queues: [], hidden_units: [], hidden_kinds: [] })}
        >
          {t('showAll')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function toggled(hidden: readonly string[], key: string, shown: boolean): string[] {
  return shown ? hidden.filter((each) => each !== key) : [...hidden, key];
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
