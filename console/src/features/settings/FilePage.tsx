/** The organisation as a file: take it out, and bring it in again after having seen what would change. */
import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileSearch } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ProblemError, type components } from '@/api/client';
import { PageHeader, Panel, reasonText, useProblemText, useTell } from '@/shared/components';
import classes from './settings.module.css';

type Changed = components['schemas']['Changed'];
type Warned = components['schemas']['WarningShown'];

/** Bytes; the server takes no more. */
const LARGEST = 2_000_000;

interface Looked {
  name: string;
  text: string;
}

function send({ text }: Looked, rehearsal: boolean): Promise<Changed> {
  return call(
    api.PUT('/api/organisation/file', {
      params: { query: { dry_run: rehearsal } },
      headers: { 'Content-Type': 'application/yaml' },
      body: text as never,
      bodySerializer: (body: unknown) => body as string,
    }),
  );
}

export function FilePage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeader title={t('sections.file')} note={t('about.file')} />
      <Stack className={classes.file}>
        <Panel title={t('file.export')}>
          <Text size="sm" mb="sm">
            {t('file.exportHelp')}
          </Text>
          <Group gap="xs">
            <Button
              component="a"
              href="/api/organisation/file"
              download
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('file.download')}
            </Button>
            <Button
              component="a"
              href="/api/organisation/schema"
              target="_blank"
              rel="noopener"
              variant="subtle"
            >
              {t('file.schema')}
            </Button>
          </Group>
        </Panel>
        <Import />
      </Stack>
    </>
  );
}

function Import() {
  const { t } = useTranslation('settings');
  const tell = useTell();
  const client = useQueryClient();
  const [file, setFile] = useState<Looked | null>(null);
  const rehearse = useMutation({ mutationFn: (looked: Looked) => send(looked, true) });
  const apply = useMutation({
    mutationFn: (looked: Looked) => send(looked, false),
    onSuccess: async ({ revision }) => {
      setFile(null);
      rehearse.reset();
      tell.done(t('file.applied', { revision }));
      await client.invalidateQueries();
    },
    onError: (error) => tell.failed(error),
  });
  const choose = async (chosen: File | null) => {
    if (!chosen) return;
    if (chosen.size > LARGEST) return tell.failed(new Error(t('file.tooLarge')));
    const looked = { name: chosen.name, text: await chosen.text() };
    setFile(looked);
    rehearse.mutate(looked);
  };
  return (
    <Panel title={t('file.import')}>
      <Text size="sm" mb="sm">
        {t('file.importHelp')}
      </Text>
      <FileButton accept=".yaml,.yml,.json,application/yaml" onChange={(chosen) => void choose(chosen)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={rehearse.isPending}
            leftSection={<IconFileSearch size={16} aria-hidden />}
          >
            {t('file.choose')}
          </Button>
        )}
      </FileButton>
      <div role="status">
        {file && rehearse.isSuccess && (
          <Stack gap="xs" mt="md">
            <Preview file={file.name} changes={rehearse.data.changes} warnings={rehearse.data.warnings} />
            <Group gap="xs">
              <Button
                onClick={() => apply.mutate(file)}
                loading={apply.isPending}
                disabled={!rehearse.data.changes.length}
              >
                {t('file.apply')}
              </Button>
              <Button variant="default" onClick={() => setFile(null)}>
                {t('file.letBe')}
              </Button>
            </Group>
          </Stack>
        )}
        {file && rehearse.error && <Refused file={file.name} error={rehearse.error} />}
      </div>
    </Panel>
  );
}

/** A warning in the reader's language; rights that are lost by the names that the page of roles gives them. */
function useWarned(): (warning: Warned) => string {
  const { i18n } = useTranslation(['problems', 'roles']);
  const right = (key: string) => i18n.t(`rights.${key}.name`, { ns: 'roles', defaultValue: key });
  return (warning) => {
    const { message, reason, values } = warning;
    const named = reason === 'you-lose-rights' ? [values.map(right).join(', ')] : values;
    return reasonText([{ reason, values: named }], i18n) ?? message;
  };
}

function Preview(looked: { file: string; changes: readonly string[]; warnings: readonly Warned[] }) {
  const { file, changes, warnings } = looked;
  const { t } = useTranslation('settings');
  const warned = useWarned();
  return (
    <>
      {warnings.length > 0 && (
        <div className={classes.summary}>
          <strong>{t('file.beforeYouDo')}</strong>
          <ul style={{ margin: 0 }}>
            {warnings.map((warning) => (
              <li key={warning.message}>{warned(warning)}</li>
            ))}
          </ul>
        </div>
      )}
      <Text size="sm" fw={600}>
        {t('file.wouldChange', { file, count: changes.length })}
      </Text>
      {/* The names of settings are those of the file, which is why the lines stand in its language. */}
      <ul lang="en" style={{ margin: 0, maxHeight: 320, overflow: 'auto', fontSize: 13 }}>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </>
  );
}

function Refused({ file, error }: { file: string; error: Error }) {
  const { t, i18n } = useTranslation('settings');
  const told = useProblemText()(error);
  const faults = error instanceof ProblemError ? error.problem.faults : [];
  return (
    <div className={classes.summary} style={{ marginTop: 16 }}>
      <strong>{t('file.refused', { file })}</strong> {told.title}. {told.remedy}
      {faults.length > 0 && (
        <table className={classes.faults}>
          <thead>
            <tr>
              <th scope="col">{t('file.line')}</th>
              <th scope="col">{t('file.where')}</th>
              <th scope="col">{t('file.what')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault) => (
              <tr key={fault.path + fault.message}>
                <td className="figures">{fault.line}</td>
                <td>{fault.path}</td>
                <td>
                  {reasonText([fault], i18n) ?? (
                    <span lang="en">
                      {fault.message}. {fault.remedy}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
