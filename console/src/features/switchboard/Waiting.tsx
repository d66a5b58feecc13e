/** Who waits in the queues that one has chosen to see, who has waited longest first. */
import { ActionIcon, Checkbox, Popover, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CategoryMark } from '@/shared/case';
import { Label, Panel, Since } from '@/shared/components';
import { useNamesOf } from '@/shared/directory';
import { phoneNumber } from '@/shared/format';
import { type LiveCall, type LiveQueue, useLive } from '@/shared/live/store';
import { useUnknown } from '@/shared/people/unnamed';
import { useMe } from '@/shared/session';
import { SteerMenu } from '@/shared/waiting';
import { moveAmong } from './moving';
import classes from './switchboard.module.css';

export interface ChosenQueues {
  all: LiveQueue[];
  /** Keys of those that are shown. */
  chosen: string[];
  choose: (keys: string[]) => void;
  waiting: LiveCall[];
}

/** Without a choice: all. */
export function useChosenQueues(): ChosenQueues {
  const person = useMe().person ?? '';
  const queues = useLive((state) => state.queues);
  const calls = useLive((state) => state.calls);
  const [kept, choose] = useLocalStorage<string[] | null>({
    key: `svarhus-switchboard-queues-${person}`,
    defaultValue: null,
  });
  return useMemo(() => {
    const all = Object.values(queues)
      .filter(({ on_switchboard }) => on_switchboard !== false)
      .sort((one, other) => one.name.localeCompare(other.name));
    const chosen = (kept ?? all.map(({ key }) => key)).filter(
      (key) => queues[key] && queues[key].on_switchboard !== false,
    );
    const waiting = chosen
      .flatMap((key) => queues[key]?.waiting ?? [])
      .map((id) => calls[id])
      .filter((call): call is LiveCall => Boolean(call?.waiting_since))
      .sort((one, other) => (one.waiting_since ?? '').localeCompare(other.waiting_since ?? ''));
    return { all, chosen, choose, waiting };
  }, [queues, calls, kept, choose]);
}

interface Props {
  queues: ChosenQueues;
  selected: string | null;
  onSelect: (call: string) => void;
}

export function Waiting({ queues, selected, onSelect }: Props) {
  const { t } = useTranslation('switchboard');
  const known = useNamesOf(queues.waiting.map(({ caller }) => caller));
  return (
    <Panel title={t('waiting', { count: queues.waiting.length })} actions={<Choice queues={queues} />} flush>
      {queues.waiting.length ? (
        <ul className={classes.list} aria-label={t('waitingCalls')}>
          {queues.waiting.map((call) => (
            <li key={call.id} className={classes.steered}>
              <UnstyledButton
                className={classes.call}
                aria-current={call.id === selected || undefined}
                onKeyDown={moveAmong}
                onClick={() => onSelect(call.id)}
              >
                <span className={classes.callName}>{callerOf(call, known, t('withheld'))}</span>
                <span className={classes.callTime}>
                  {call.waiting_since && <Since moment={call.waiting_since} />}
                </span>
                <Where call={call} />
              </UnstyledButton>
              <SteerMenu call={call} who={callerOf(call, known, t('withheld'))} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.quiet}>{t(queues.chosen.length ? 'nobodyWaits' : 'noQueues')}</p>
      )}
    </Panel>
  );
}

/** What one calls whom one does not know: by the directory, the carrier, or the number. */
export function callerOf(call: LiveCall, known: Record<string, string>, withheld: string): string {
  if (!call.caller) return call.caller_name || withheld;
  return known[call.caller] || call.caller_name || phoneNumber(call.caller);
}

function Where({ call }: { call: LiveCall }) {
  const { t } = useTranslation('switchboard');
  const queue = useLive((state) => (call.queue ? state.queues[call.queue] : undefined));
  const unknown = useUnknown();
  const offered = useLive((state) =>
    call.offered_to ? (state.agents[call.offered_to]?.name ?? unknown(call.offered_to)) : undefined,
  );
  const others = call.legs.filter(({ role, state }) => role === 'member' && state === 'ringing').length - 1;
  const place = queue ? queue.waiting.indexOf(call.id) + 1 : 0;
  return (
    <span className={classes.callState}>
      {queue && <Label>{queue.name}</Label>}
      <CategoryMark category={call.category} />
      {offered
        ? others > 0
          ? t('ringsAtSeveral', { who: offered, count: others })
          : t('ringsAt', { who: offered })
        : place > 0 && t('place', { place })}
      {call.kept && <Label>{t('kept')}</Label>}
      {call.raised && <Label>{t('raised')}</Label>}
    </span>
  );
}

function Choice({ queues }: { queues: ChosenQueues }) {
  const { t } = useTranslation('switchboard');
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('chooseQueues')}>
          <ActionIcon aria-label={t('chooseQueues')}>
            <IconFilter size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group
          value={queues.chosen}
          onChange={queues.choose}
          label={
            <Text size="sm" fw={600}>
              {t('chooseQueues')}
            </Text>
          }
        >
          <Stack gap={8} mt={8}>
            {queues.all.map(({ key, name }) => (
              <Checkbox key={key} value={key} label={name} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
