/** Names and colours of categories; own ones. */
import { ActionIcon, Button, Group, Modal, Select, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { freeKey } from '@/shared/forms';
import {
  type Category,
  categoryKeys,
  CLOSED,
  type Colour,
  COLOURS,
  type Hours,
  inUse,
  toneOf,
} from './hours';

interface Props {
  opened: boolean;
  close: () => void;
  hours: Hours;
  nameOf: (key: string) => string;
  keep: (categories: Category[]) => void;
}

export function CategoriesDialog({ opened, close, ...rest }: Props) {
  const { t } = useTranslation(['hours', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t('categories.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Fields close={close} {...rest} />}
    </Modal>
  );
}

function Fields({ close, hours, nameOf, keep }: Omit<Props, 'opened'>) {
  const { t } = useTranslation(['hours', 'common']);
  const [first] = useState<Category[]>(() =>
    categoryKeys(hours).map((key) => ({
      key,
      name: nameOf(key),
      colour: toneOf(key, hours.categories) as Colour,
    })),
  );
  const [rows, setRows] = useState(first);
  const put = (key: string, part: Partial<Category>) =>
    setRows((before) => before.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const more = () =>
    setRows((before) => {
      const name = t('categories.fresh');
      return [{ key: freeKey(name, new Set(before.map(({ key }) => key))), name, colour: 'blue' }, ...before];
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rows === first) return close();
    if (rows.every(({ name }) => name.trim())) keep(named(rows, new Set(first.map(({ key }) => key))));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {rows.map(({ key, name, colour }) => (
          <Group key={key} gap="xs" align="end" role="group" aria-label={name || key} wrap="nowrap">
            <TextInput
              label={t('categories.name')}
              value={name}
              maxLength={100}
              error={name.trim() ? undefined : t('faults.name')}
              style={{ flex: 1 }}
              onChange={(event) => put(key, { name: event.currentTarget.value })}
            />
            <Select
              label={t('categories.colour')}
              w={140}
              allowDeselect={false}
              data={COLOURS.map((value) => ({ value, label: t(`colours.${value}`) }))}
              value={colour}
              onChange={(wanted) => wanted && put(key, { colour: wanted as Colour })}
            />
            <Tooltip label={key === CLOSED || inUse(hours, key) ? t('categories.inUse') : t('remove')}>
              <ActionIcon
                aria-label={t('categories.remove', { name })}
                disabled={key === CLOSED || inUse(hours, key)}
                onClick={() => setRows((before) => before.filter((each) => each.key !== key))}
              >
                <IconTrash size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={more}
          >
            {t('categories.add')}
          </Button>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit">{t('apply')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** New ones are known by what they are called in the end. */
function named(rows: readonly Category[], before: ReadonlySet<string>): Category[] {
  const taken = new Set(before);
  return rows.map((row) => {
    const name = row.name.trim();
    const key = before.has(row.key) ? row.key : freeKey(name, taken);
    taken.add(key);
    return { ...row, key, name };
  });
}
