/** Bring contacts in from a file. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useTell } from '@/shared/components';
import { count } from '@/shared/format';
import { type Chosen, ImportDialog, type Meaning } from '@/shared/importing';

const MEANINGS: Meaning[] = [
  ...(['name', 'first_name', 'middle_name', 'last_name', 'company', 'title', 'department'] as const),
  ...(['place', 'email', 'work', 'mobile', 'home', 'other', 'number_kind', 'tags', 'notes'] as const),
  ...(['field', 'left_out', 'id'] as const),
];

function bringIn({ file, encoding }: Chosen, dry_run: boolean) {
  return call(
    api.POST('/api/contacts/import', {
      params: { query: { dry_run, skip_faulty: true, encoding } },
      // Sent as it is: it is a file, not JSON.
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}

export default function ImportContacts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('directory');
  const tell = useTell();
  const client = useQueryClient();
  return (
    <ImportDialog
      title={t('import.open')}
      help={t('import.help')}
      accept=".csv,.txt,.tsv,.xlsx,.vcf,.vcard,text/csv,text/plain,text/vcard"
      meanings={MEANINGS}
      nameless={t('import.nameless')}
      toMend="contacts-to-mend"
      send={bringIn}
      done={({ added, changed }) => {
        tell.done(t('import.done', { added: count(added), changed: count(changed) }));
        void client.invalidateQueries({ queryKey: ['directory'] });
      }}
      onClose={onClose}
    />
  );
}
