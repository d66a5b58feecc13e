/** Notes and tags of the call, and earlier contacts with the same number. */
import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CaseNotes, CaseTags, EarlierContacts } from '@/shared/case';

export default function CaseOf({ call }: { call: string }) {
  const { t } = useTranslation('switchboard');
  const ref = { kind: 'call' as const, id: call };
  return (
    <Stack gap="md">
      <CaseNotes case={ref} />
      <CaseTags case={ref} />
      <section aria-label={t('earlier')}>
        <Title order={3} mb={6}>
          {t('earlier')}
        </Title>
        <EarlierContacts case={ref} limit={5} />
      </section>
    </Stack>
  );
}
