/** The one way to show a table. Rows that open something are reached by Tab and opened by Enter. */
import { Button, Center, Table } from '@mantine/core';
import { type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './ErrorState';
import { LoadingRows } from './Loading';
import classes from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the right. */
  figures?: boolean;
  /** Left out on a phone. The first column is always shown. */
  wide?: boolean;
  width?: number | string;
}

interface Props<Row> {
  /** What the table holds, for those who hear it. */
  label: string;
  columns: Column<Row>[];
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Opens a row. */
  open?: (row: Row) => void;
  /** What a row is called, for those who hear it; wanted with `open`. */
  rowLabel?: (row: Row) => string;
  selected?: string | null;
  error?: unknown;
  retry?: () => void;
  empty: ReactNode;
  /** There is more: reads the next page. */
  more?: (() => void) | undefined;
  loadingMore?: boolean;
}

export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, open, rowLabel, selected, error, retry, empty, more, loadingMore } =
    props;
  const { t } = useTranslation();
  if (error && !rows) return <ErrorState error={error} retry={retry} />;
  if (!rows) return <LoadingRows />;
  if (!rows.length) return <>{empty}</>;
  return (
    <div className={classes.scroll}>
      <Table
        verticalSpacing={7}
        horizontalSpacing="sm"
        highlightOnHover={Boolean(open)}
        aria-label={label}
        className={classes.table}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th
                key={column.key}
                scope="col"
                w={column.width}
                ta={column.figures ? 'right' : undefined}
                visibleFrom={column.wide ? 'sm' : undefined}
              >
                {column.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              data-selected={selected === rowKey(row) || undefined}
              className={classes.row}
              {...(open && {
                tabIndex: 0,
                'aria-label': rowLabel?.(row),
                onClick: () => open(row),
                onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
                  if (event.target === event.currentTarget) move(event, () => open(row));
                },
                'data-opens': true,
              })}
            >
              {columns.map((column) => (
                <Table.Td
                  key={column.key}
                  className={column.figures ? 'figures' : undefined}
                  ta={column.figures ? 'right' : undefined}
                  visibleFrom={column.wide ? 'sm' : undefined}
                >
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {more && (
        <Center p="sm">
          <Button variant="default" onClick={more} loading={loadingMore}>
            {t('more')}
          </Button>
        </Center>
      )}
    </div>
  );
}

function move(event: KeyboardEvent<HTMLTableRowElement>, open: () => void) {
  const row = event.currentTarget;
  const to = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
  if (to instanceof HTMLElement) {
    event.preventDefault();
    to.focus();
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    open();
  }
}
