import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components, ProblemError } from '@/api/client';
import { ErrorState, LoadingRows, Panel, reasonText, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { useUnsaved } from '@/shared/forms';
import { chooseLanguage, LANGUAGES, type Language } from '@/shared/i18n';
import { readNumber } from '@/shared/phone/readNumber';
import { queryClient } from '@/shared/query';
import { meQuery } from '@/shared/session';

type OwnCard = components['schemas']['OwnCardShown'];

const KEY = ['me', 'card'];

/** What one may change of one's own card: the language, the mobile number, the number that is shown. */
export function CardPanel() {
  const { t } = useTranslation('profile');
  const card = useQuery({ queryKey: KEY, queryFn: () => call(api.GET('/api/me/card')) });
  return (
    <Panel title={t('card.title')}>
      {card.data ? (
        <CardForm key={card.dataUpdatedAt} shown={card.data} />
      ) : card.error ? (
        <ErrorState error={card.error} retry={() => void card.refetch()} />
      ) : (
        <LoadingRows rows={3} />
      )}
    </Panel>
  );
}

function CardForm({ shown: { card, presentable } }: { shown: OwnCard }) {
  const { t, i18n } = useTranslation(['profile', 'problems']);
  const { t: common } = useTranslation();
  const tell = useTell();
  const [language, setLanguage] = useState(card.language ?? 'sv');
  const [mobile, setMobile] = useState(card.mobile ?? '');
  const [presented, setPresented] = useState<string | null>(card.presented ?? null);
  const before = [card.language ?? 'sv', card.mobile ?? '', card.presented ?? null];
  const changed = [language, mobile, presented].some((value, index) => value !== before[index]);
  useUnsaved(changed);
  // An administrator may have given one that is not the organisation's.
  const shownNumbers = [...new Set([...presentable, ...(card.presented ? [card.presented] : [])])];
  const save = useMutation({
    mutationFn: async () => {
      const read = await readNumber(mobile);
      return call(api.PUT('/api/me/card', { body: { language, mobile: read, presented } }));
    },
    onSuccess: async (saved) => {
      await chooseLanguage(language as Language);
      queryClient.setQueryData(KEY, saved);
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey, exact: true });
      tell.done(t('saved'));
    },
    onError: (error) => {
      if (!(error instanceof ProblemError && reasonText(error.problem.faults, i18n))) tell.failed(error);
    },
  });
  const faults = save.error instanceof ProblemError ? save.error.problem.faults : [];
  const isOfShown = ({ path }: { path: string }) => path.endsWith('presented');
  const wrongShown = reasonText(faults.filter(isOfShown), i18n);
  const wrong = reasonText(
    faults.filter((fault) => !isOfShown(fault)),
    i18n,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Select
          label={t('card.language')}
          description={t('card.languageHelp')}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(value) => value && setLanguage(value)}
          allowDeselect={false}
        />
        <TextInput
          label={t('card.mobile')}
          description={t('card.mobileHelp')}
          type="tel"
          autoComplete="tel"
          value={mobile}
          error={wrong}
          onChange={(event) => setMobile(event.currentTarget.value)}
        />
        <Select
          label={t('card.presented')}
          description={t('card.presentedHelp')}
          placeholder={t('card.presentedDefault')}
          data={shownNumbers.map((value) => ({ value, label: phoneNumber(value) }))}
          value={presented}
          error={wrongShown}
          onChange={setPresented}
          clearable
          clearButtonProps={{ 'aria-label': t('card.presentedDefault') }}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={!changed} loading={save.isPending}>
            {common('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
