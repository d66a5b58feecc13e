/** What somebody can, each with a level from 1 to 9. */
import { ActionIcon, Autocomplete, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export interface Levelled {
  name: string;
  level: number;
}

const MIDDLE = 5;

interface Props {
  label: string;
  help: string;
  /** What one of them is called, for those who hear the page. */
  one: string;
  add: string;
  rows: Levelled[];
  error: string | undefined;
  readOnly: boolean;
  /** Possible names; with `fixed` no others. */
  choices: { value: string; label: string }[];
  fixed?: boolean;
  most: number;
  change: (rows: Levelled[]) => void;
}

export function Levels({
  label,
  help,
  one,
  add,
  rows,
  error,
  readOnly,
  choices,
  fixed,
  most,
  change,
}: Props) {
  const { t } = useTranslation('people');
  const free = choices.find(({ value }) => rows.every(({ name }) => name !== value));
  const set = (index: number, part: Partial<Levelled>) =>
    change(rows.map((row, place) => (place === index ? { ...row, ...part } : row)));
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <div>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {help}
        </Text>
      </div>
      {rows.map((row, index) => {
        const named = choices.find(({ value }) => value === row.name)?.label ?? row.name;
        return (
          <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
            {fixed ? (
              <Select
                aria-label={one}
                data={choices.filter(
                  ({ value }) => value === row.name || rows.every(({ name }) => name !== value),
                )}
                value={row.name}
                readOnly={readOnly}
                allowDeselect={false}
                flex={1}
                onChange={(name) => name && set(index, { name })}
              />
            ) : (
              <Autocomplete
                aria-label={one}
                data={choices.map(({ value }) => value)}
                value={row.name}
                maxLength={40}
                readOnly={readOnly}
                flex={1}
                onChange={(name) => set(index, { name })}
              />
            )}
            <NumberInput
              aria-label={t('card.levelOf', { name: named })}
              value={row.level}
              min={1}
              max={9}
              w={72}
              clampBehavior="strict"
              allowDecimal={false}
              readOnly={readOnly}
              onChange={(level) => typeof level === 'number' && set(index, { level })}
            />
            {!readOnly && (
              <ActionIcon
                size="input-sm"
                variant="subtle"
                color="gray"
                aria-label={t('card.levelRemove', { name: named })}
                onClick={() => change(rows.filter((_, place) => place !== index))}
              >
                <IconTrash size={17} stroke={1.6} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        );
      })}
      {error && (
        <Text size="xs" c="red">
          {error}
        </Text>
      )}
      {!readOnly && rows.length < most && (!fixed || free) && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => change([...rows, { name: fixed && free ? free.value : '', level: MIDDLE }])}
        >
          {add}
        </Button>
      )}
    </Stack>
  );
}
