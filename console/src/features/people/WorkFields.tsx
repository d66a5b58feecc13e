import { Checkbox, MultiSelect, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { firstOf } from './CardFields';
import { useRoles } from './names';
import classes from './people.module.css';
import type { SectionProps } from './PersonForm';
import { type Membership, useList } from './queries';

interface Props extends SectionProps {
  queues: Membership[];
  setQueues: (queues: Membership[]) => void;
}

/** What the person does here: role, units, queues. */
export function WorkFields({ person, set, errors, readOnly, queues, setQueues }: Props) {
  const { t } = useTranslation('people');
  const roles = useRoles();
  const units = useList('units').data ?? [];
  const all = useList('queues').data ?? [];
  const [named] = useState(() => new Set(queues.map(({ queue }) => queue)));
  const memberOf = useLive(({ agents }) => agents[person.key]?.member_of);
  return (
    <Panel title={t('work.heading')}>
      <Stack gap="sm">
        <Select
          label={t('role')}
          description={t('work.roleHelp')}
          data={roles}
          value={person.role ?? 'user'}
          error={errors.role}
          readOnly={readOnly}
          allowDeselect={false}
          onChange={(role) => role && set({ role })}
        />
        <MultiSelect
          label={t('units')}
          data={units.map(({ key, name }) => ({ value: key, label: name }))}
          value={person.units ?? []}
          error={firstOf(errors, 'units')}
          readOnly={readOnly}
          onChange={(chosen) => set({ units: chosen })}
        />
        <div role="group" aria-label={t('work.queues')}>
          <Text size="sm" fw={500} mb={6}>
            {t('work.queues')}
          </Text>
          {all.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('work.noQueues')}
            </Text>
          )}
          {all.map((queue) => (
            <QueueRow
              key={queue.key}
              name={queue.name}
              byTeam={!named.has(queue.key) && (memberOf?.includes(queue.key) ?? false)}
              membership={queues.find((each) => each.queue === queue.key)}
              readOnly={readOnly}
              change={(wanted) => {
                const others = queues.filter((each) => each.queue !== queue.key);
                // In the order of the queues, so that taking a change back leaves nothing to save.
                const order = new Map(all.map(({ key }, place) => [key, place]));
                const next = wanted ? [...others, { queue: queue.key, ...wanted }] : others;
                setQueues(
                  next.sort((one, other) => (order.get(one.queue) ?? 0) - (order.get(other.queue) ?? 0)),
                );
              }}
            />
          ))}
        </div>
      </Stack>
    </Panel>
  );
}

type Place = Omit<Membership, 'queue'>;

interface RowProps {
  name: string;
  /** A member as one of a team. */
  byTeam: boolean;
  membership: Membership | undefined;
  readOnly: boolean;
  change: (wanted: Place | null) => void;
}

function QueueRow({ name, byTeam, membership, readOnly, change }: RowProps) {
  const { t } = useTranslation('people');
  return (
    <div className={classes.queue}>
      <Checkbox
        label={name}
        description={byTeam && !membership ? t('work.byTeam') : undefined}
        checked={Boolean(membership)}
        disabled={readOnly}
        onChange={(event) =>
          change(event.currentTarget.checked ? { starts_logged_in: false, priority: 1 } : null)
        }
      />
      {membership && (
        <div className={classes.membership}>
          <NumberInput
            label={t('work.priority')}
            aria-label={`${t('work.priority')}, ${name}`}
            size="xs"
            w={80}
            min={0}
            max={9}
            clampBehavior="strict"
            allowDecimal={false}
            readOnly={readOnly}
            value={membership.priority ?? 1}
            onChange={(priority) =>
              typeof priority === 'number' &&
              change({ starts_logged_in: membership.starts_logged_in ?? false, priority })
            }
          />
          <Checkbox
            size="xs"
            label={t('work.startsLoggedIn')}
            checked={membership.starts_logged_in ?? false}
            disabled={readOnly}
            onChange={(event) =>
              change({ starts_logged_in: event.currentTarget.checked, priority: membership.priority ?? 1 })
            }
          />
        </div>
      )}
    </div>
  );
}
