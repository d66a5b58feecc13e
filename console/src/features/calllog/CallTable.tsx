/** Calls as rows that open. Each page says which columns it has, and what it shows when there are none. */
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { At, type Column, DataTable, pagesOf, Panel } from '@/shared/components';
import { useHouseNames } from '@/shared/directory';
import { CallButton } from './CallButton';
import { CallDrawer } from './CallDrawer';
import { directionOf, type Line, partyOf, type useCalls } from './calls';
import { PartyCell } from './PartyCell';

interface Props {
  label: string;
  found: ReturnType<typeof useCalls>;
  /** Between when the call was and the button to call. */
  columns: Column<Line>[];
  /** The button to call is left out on a phone. */
  callsWide?: boolean;
  empty: ReactNode;
}

export function CallTable({ label, found, columns, callsWide = false, empty }: Props) {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  const [opened, setOpened] = useState<Line | null>(null);
  const party = (line: Line) => partyOf(line, names.person);
  return (
    <>
      <Panel flush>
        <DataTable
          label={label}
          columns={[
            {
              key: 'party',
              title: t('column.party'),
              cell: (line) => (
                <PartyCell party={party(line)} direction={directionOf(line)} billing={line.billing} />
              ),
            },
            { key: 'at', title: t('column.at'), cell: (line) => <At moment={line.began_at} /> },
            ...columns,
            {
              key: 'call',
              title: <span className="visually-hidden">{t('call')}</span>,
              wide: callsWide,
              width: 96,
              cell: (line) => <CallButton party={party(line)} />,
            },
          ]}
          rows={found.lines}
          rowKey={(line) => line.call}
          rowLabel={(line) => t('openCall', { who: party(line).name || t('withheld') })}
          open={setOpened}
          selected={opened?.call}
          {...pagesOf(found)}
          empty={empty}
        />
      </Panel>
      {opened && <CallDrawer line={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
