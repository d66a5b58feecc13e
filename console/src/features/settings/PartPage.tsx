/** One part: its form, who changed it last, what uses it, and its end. */
import { Button, Group } from '@mantine/core';
import { IconCalendarWeek, IconHistory, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components, ProblemError } from '@/api/client';
import { ErrorState, LoadingRows, PageHeader, Panel, useConfirm, useTell } from '@/shared/components';
import { initialValue, isObject, type JsonObject, type JsonSchema } from '@/shared/forms';
import { useMay } from '@/shared/session';
import { CallFlowOutline } from './CallFlowOutline';
import { ListRows } from './lists/ListRows';
import { HistoryDrawer, LastChange } from './History';
import { MessageSound } from './MessageSound';
import { NotThere } from './NotThere';
import { PartForm } from './PartForm';
import { PlaylistTracks } from './PlaylistTracks';
import { organisationQuery, remove, useParts, useSchema } from '@/shared/parts';
import { type ListName, ORGANISATION, type Section, SECTIONS } from './sections';
import classes from './settings.module.css';
import { useTellWithoutPlace } from './useTellWithoutPlace';
import { useUses } from './useUses';

export function PartPage() {
  const { list, key } = useWhich();
  const known = list !== undefined && key !== undefined && list in SECTIONS;
  return (
    <>
      {known ? (
        <Part key={`${list}/${key}`} section={SECTIONS[list as ListName]} partKey={key} />
      ) : (
        <NotThere />
      )}
    </>
  );
}

/** Where a list has a page of its own, its name stands in the address all the same. */
function useWhich(): { list?: string; key?: string } {
  const given = useParams({ strict: false }) as { list?: string; key?: string };
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [, , list, key] = path.split('/');
  return { list: given.list ?? list, key: given.key ?? key };
}

export function OrganisationPage() {
  const { t } = useTranslation('settings');
  const found = useQuery(organisationQuery);
  const schema = useSchema();
  const error = found.error ?? schema.error;
  return (
    <>
      {error && <ErrorState error={error} retry={() => void found.refetch()} />}
      {!error && (!found.data || !schema.data) && <LoadingRows />}
      {found.data && schema.data && (
        <Existing
          title={t('sections.organisation')}
          section={ORGANISATION}
          schema={schema.data}
          part={found.data}
          partKey={String(found.data.key)}
        />
      )}
    </>
  );
}

function Part({ section, partKey }: { section: Section; partKey: string }) {
  const { t } = useTranslation('settings');
  const parts = useParts(section.list);
  const schema = useSchema();
  const error = parts.error ?? schema.error;
  if (error) return <ErrorState error={error} retry={() => void parts.refetch()} />;
  if (!parts.data || !schema.data) return <LoadingRows />;
  if (partKey === 'new' && section.list !== 'callflows')
    return <New section={section} schema={schema.data} />;
  const part = parts.data.find((each) => each[section.key] === partKey);
  if (!part) return <NotThere />;
  if (section.list === 'callflows') return <CallFlowOutline flow={part} />;
  return (
    <Existing
      title={String(part.name)}
      section={section}
      schema={schema.data}
      part={part}
      partKey={partKey}
      note={t(`singular.${section.list}`)}
    />
  );
}

function New({ section, schema }: { section: Section; schema: JsonSchema }) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const [kept] = useState(() => begun(section, schema));
  return (
    <>
      <PageHeader title={t(`add.${section.list}`)} note={t(`about.${section.list}`)} />
      <PartForm
        section={section}
        schema={schema}
        kept={kept}
        isNew
        saved={(kept) => {
          const key = encodeURIComponent(String(kept[section.key]));
          void navigate({ to: `/settings/${section.list}/${key}` });
        }}
      />
    </>
  );
}

function begun(section: Section, schema: JsonSchema): JsonObject {
  const value = initialValue({ $ref: `#/$defs/${section.shape}` }, schema);
  const first = isObject(value) ? value : {};
  return section.list === 'messages' ? { ...first, manuscripts: { sv: '' } } : first;
}

interface ExistingProps {
  title: string;
  note?: string;
  section: Section;
  schema: JsonSchema;
  part: JsonObject;
  partKey: string;
}

function Existing({ title, note, section, schema, part, partKey }: ExistingProps) {
  const { t } = useTranslation('settings');
  const [history, setHistory] = useState(false);
  const [shown, setShown] = useState({ value: part, round: 0 });
  const isList = section.list !== 'organisation';
  return (
    <>
      <PageHeader
        title={title}
        note={
          <Group gap={8}>
            {note && <span>{note}</span>}
            <LastChange list={section.list} partKey={partKey} />
          </Group>
        }
        actions={
          <>
            {section.calendar && (
              <Button
                component={Link}
                to={`/settings/${section.list}/${encodeURIComponent(partKey)}`}
                variant="default"
                leftSection={<IconCalendarWeek size={16} stroke={1.6} aria-hidden />}
              >
                {t('calendar')}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconHistory size={16} stroke={1.6} aria-hidden />}
              onClick={() => setHistory(true)}
            >
              {t('history.title')}
            </Button>
            {isList && <RemoveButton list={section.list} partKey={partKey} name={title} />}
          </>
        }
      />
      <PartForm
        key={shown.round}
        section={section}
        schema={schema}
        kept={part}
        {...(shown.round && { begin: shown.value })}
        isNew={false}
        saved={(kept) => setShown(({ round }) => ({ value: kept, round: round + 1 }))}
      >
        {section.list === 'playlists' && (
          <Panel title={t('tracks.title')}>
            <PlaylistTracks playlist={partKey} />
          </Panel>
        )}
        {section.list === 'messages' && (
          <Panel title={t('sound.title')}>
            <MessageSound messageKey={partKey} manuscripts={part.manuscripts} />
          </Panel>
        )}
      </PartForm>
      {section.list === 'lists' && (
        <div className={classes.below}>
          <ListRows list={partKey} name={title} />
        </div>
      )}
      <HistoryDrawer
        list={section.list}
        partKey={partKey}
        opened={history}
        close={() => setHistory(false)}
        take={(value) => {
          setShown(({ round }) => ({ value, round: round + 1 }));
          setHistory(false);
        }}
      />
    </>
  );
}

const remainsOf = (queue: string) =>
  call(api.GET('/api/queues/{key}/remains', { params: { path: { key: queue } } }));

/** What is deleted for good with a queue. */
function Remains({ voicemails, recordings, unanswered }: components['schemas']['RemainsShown']) {
  const { t } = useTranslation('settings');
  return (
    <>
      <p>{t('remove.goes')}</p>
      <ul>
        <li>{t('remove.voicemails', { count: voicemails })}</li>
        <li>{t('remove.recordings', { count: recordings })}</li>
        <li>{t('remove.unanswered', { count: unanswered })}</li>
      </ul>
      <p>{t('remove.stays')}</p>
    </>
  );
}

/** Tells what uses it before it asks; what is in use is not deleted. */
function RemoveButton({ list, partKey, name }: { list: string; partKey: string; name: string }) {
  const { t } = useTranslation('settings');
  const mayChange = useMay('change_configuration');
  const client = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const tell = useTell();
  const say = useUses();
  const tellWithoutPlace = useTellWithoutPlace();
  const [busy, setBusy] = useState(false);
  if (!mayChange) return null;
  const ask = async () => {
    setBusy(true);
    try {
      const path = { list_name: list, key: partKey };
      const { paths } = await call(
        api.GET('/api/organisation/parts/{list_name}/{key}/uses', { params: { path } }),
      );
      if (paths.length) {
        await confirm({
          title: t('remove.inUse', { name }),
          body: <Uses places={paths.map(say)} />,
          confirm: t('remove.understood'),
        });
        return;
      }
      const goes = list === 'queues' ? await remainsOf(partKey) : null;
      const yes = await confirm({
        title: t('remove.ask', { name }),
        body: goes ? <Remains {...goes} /> : t(list === 'lists' ? 'remove.bodyList' : 'remove.body'),
        confirm: t('remove.remove'),
        dangerous: true,
      });
      if (!yes) return;
      await remove(list, partKey);
      await navigate({ to: `/settings/${list}` });
      await client.invalidateQueries({ queryKey: ['parts'] });
      tell.done(t('remove.removed', { name }));
      tellWithoutPlace(list);
    } catch (error) {
      if (error instanceof ProblemError || error instanceof Error) tell.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      c="var(--svarhus-bad)"
      loading={busy}
      leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
      onClick={() => void ask()}
    >
      {t('remove.remove')}
    </Button>
  );
}

function Uses({ places }: { places: string[] }) {
  const { t } = useTranslation('settings');
  return (
    <>
      {t('remove.usedBy')}
      <ul>
        {[...new Set(places)].map((place) => (
          <li key={place}>{place}</li>
        ))}
      </ul>
      {t('remove.first')}
    </>
  );
}
