/** Bring the rows of a list in from a workbook or CSV. */
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { count } from '@/shared/format';
import { ImportDialog, type Meaning } from '@/shared/importing';
import { bringIn, useRowChanges } from './rows';

const MEANINGS: Meaning[] = [
  ...(['work', 'mobile', 'home', 'other', 'name', 'first_name', 'last_name', 'company', 'notes'] as const),
  'left_out',
];

interface Props {
  list: string;
  name: string;
  onClose: () => void;
}

export default function ImportRows({ list, name, onClose }: Props) {
  const { t } = useTranslation('settings');
  const tell = useTell();
  const { changed } = useRowChanges(list);
  return (
    <ImportDialog
      title={t('rows.importTo', { name })}
      help={t('rows.importHelp')}
      accept=".xlsx,.csv,.txt,.tsv,text/csv,text/plain"
      meanings={MEANINGS}
      nameless={t('rows.numberless')}
      toMend={`${list}-to-mend`}
      waysLabel={t('rows.ways')}
      ways={['add', 'replace'].map((value) => ({
        value,
        label: t(`rows.way.${value}`),
        help: t(`rows.wayHelp.${value}`),
      }))}
      noteLabel={t('rows.versionNote')}
      send={(chosen, dryRun) => bringIn(list, chosen, dryRun)}
      done={({ added, changed: others, removed }) => {
        const figures = { added: count(added), changed: count(others), removed: count(removed ?? 0) };
        tell.done(t('rows.imported', figures));
        void changed();
      }}
      onClose={onClose}
    />
  );
}
