import { useTranslation } from 'react-i18next';
import type { Direction, Party } from './calls';
import { DirectionMark } from './Marks';
import classes from './calllog.module.css';

const NUMBER = /^[+0-9][0-9 -]*$/;

/** With whom, and which way. */
export function PartyCell(props: { party: Party; direction?: Direction; billing?: string }) {
  const { party, direction, billing } = props;
  const { t } = useTranslation('calllog');
  return (
    <span className={classes.party}>
      {direction && <DirectionMark direction={direction} />}
      <span className={classes.partyText}>
        <span className={classes.partyName} data-number={NUMBER.test(party.name) || undefined}>
          {party.name || t('withheld')}
        </span>
        {party.number && <span className={classes.partyNumber}>{party.number}</span>}
        {billing && (
          <span className={classes.partyNumber}>
            {t('column.billing')} {billing}
          </span>
        )}
      </span>
    </span>
  );
}
