/** What a file would do, and what can be told of it before it does. */
import { Alert, Button, List, Radio, ScrollArea, Select, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/client';
import { reasonText } from '@/shared/components';
import { count, phoneNumber } from '@/shared/format';

type Contacts = components['schemas']['ImportedShown'];
/** What the server tells of a file, whatever is brought in from it. */
export type Told = Omit<Contacts, 'asides' | 'examples'> &
  Partial<Pick<Contacts, 'asides'>> & { removed?: number };
export type Encoding = Told['encodings'][number]['encoding'];
export type Meaning = components['schemas']['Meaning'];

const SHOWN = 200;
const TITLE = { title: { color: 'var(--mantine-color-text)' } };

interface Props {
  told: Told;
  /** What a column can mean. */
  meanings: readonly Meaning[];
  /** What is said when no column is known without which nothing can be read. */
  nameless: string;
  /** The name of the file with the lines to mend. */
  file: string;
  onEncoding: (encoding: Encoding) => void;
  onMeaning: (heading: string, meaning: string) => void;
}

export function ImportPreview({ told, meanings, nameless, file, onEncoding, onMeaning }: Props) {
  const { t } = useTranslation('directory');
  return (
    <Stack gap="sm">
      {told.nameless ? (
        <Alert variant="light" color="orange" styles={TITLE} title={nameless}>
          {t('import.namelessHelp')}
        </Alert>
      ) : (
        <Text size="sm" fw={600}>
          {t('import.would', {
            added: count(told.added),
            changed: count(told.changed),
            unchanged: count(told.unchanged),
          })}
          {Boolean(told.removed) && ` ${t('import.removed', { count: told.removed ?? 0 })}`}
          {told.joined > 0 && ` ${t('import.joined', { count: told.joined })}`}
        </Text>
      )}
      {told.encodings.length > 1 && <Encodings told={told} onEncoding={onEncoding} />}
      {told.columns.length > 0 && <Columns told={told} meanings={meanings} onMeaning={onMeaning} />}
      {told.asides && told.asides.length > 0 && <Asides asides={told.asides} />}
      {told.faulty_lines > 0 && <Faults told={told} file={file} />}
    </Stack>
  );
}

function Encodings({ told, onEncoding }: Pick<Props, 'told' | 'onEncoding'>) {
  const { t } = useTranslation('directory');
  return (
    <Radio.Group
      label={t('import.encoding')}
      value={told.encoding}
      onChange={(chosen) => onEncoding(chosen as Encoding)}
    >
      <Stack gap={6} mt={6}>
        {told.encodings.map(({ encoding, sample }) => (
          <Radio key={encoding} value={encoding} label={sample} description={encoding} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Columns({ told, meanings, onMeaning }: Pick<Props, 'told' | 'meanings' | 'onMeaning'>) {
  const { t } = useTranslation('directory');
  const choices = meanings.map((value) => ({ value, label: t(`meaning.${value}`) }));
  return (
    <div role="group" aria-label={t('import.mapping')}>
      <Text size="sm" fw={600}>
        {t('import.mapping')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('import.mappingHelp')}
      </Text>
      <ScrollArea.Autosize
        mah={260}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('import.mapping') }}
      >
        <Table verticalSpacing={3}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('import.heading')}</Table.Th>
              <Table.Th scope="col">{t('import.example')}</Table.Th>
              <Table.Th scope="col">{t('import.means')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {told.columns.map(({ heading, meaning, example }, index) => (
              <Table.Tr key={index}>
                <Table.Td>{heading}</Table.Td>
                <Table.Td>{example}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    aria-label={t('import.meansOf', { heading })}
                    data={choices}
                    value={meaning}
                    allowDeselect={false}
                    disabled={!heading}
                    onChange={(chosen) => onMeaning(heading, chosen ?? meaning)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </div>
  );
}

function Asides({ asides }: { asides: Contacts['asides'] }) {
  const { t } = useTranslation('directory');
  return (
    <div>
      <Text size="sm">{t('import.asides', { count: asides.length })}</Text>
      <ScrollArea.Autosize
        mah={120}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('numbers') }}
      >
        <List size="sm">
          {asides.map(({ line, number, note }) => (
            <List.Item key={`${line} ${number}`}>
              {t('import.aside', { line: count(line), number: phoneNumber(number), note })}
            </List.Item>
          ))}
        </List>
      </ScrollArea.Autosize>
    </div>
  );
}

/** What is wrong with a line, after what it says there. */
function useWords(): (fault: Told['faults'][number]) => string {
  const { t, i18n } = useTranslation(['directory', 'problems']);
  return (fault) => {
    const words =
      reasonText([fault], i18n) ??
      t(`fault.${fault.column.split('.')[0] ?? 'line'}`, { defaultValue: fault.message });
    const written = quoted(fault.message);
    return written && !words.includes(written) ? `${written}: ${words}` : words;
  };
}

function Faults({ told, file }: Pick<Props, 'told' | 'file'>) {
  const { t } = useTranslation('directory');
  const words = useWords();
  return (
    <Alert
      color="orange"
      variant="light"
      styles={TITLE}
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={t('import.faulty', { count: told.faulty_lines })}
    >
      <Stack gap="xs">
        <Text size="sm">{t('import.faultyHelp')}</Text>
        <ScrollArea.Autosize
          mah={240}
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('import.faults') }}
        >
          <Table verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('import.line')}</Table.Th>
                <Table.Th scope="col">{t('import.wrong')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {told.faults.slice(0, SHOWN).map((fault, index) => (
                <Table.Tr key={index}>
                  <Table.Td className="figures">{fault.line}</Table.Td>
                  <Table.Td>{words(fault)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
        <Button
          onClick={() => download(told.faulty_file, file)}
          variant="default"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          {t('import.mend')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** What the server has quoted of the line. */
function quoted(message: string): string {
  return /`(.+?)`/.exec(message)?.[1] ?? '';
}

function download(text: string, name: string): void {
  const cards = text.startsWith('BEGIN:VCARD');
  const address = URL.createObjectURL(new Blob([text], { type: cards ? 'text/vcard' : 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.${cards ? 'vcf' : 'csv'}`;
  link.click();
  URL.revokeObjectURL(address);
}
