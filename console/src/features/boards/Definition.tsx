import { Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './boards.module.css';

/** The name of a figure; what it means is one click, touch or focus away. */
export function Definition({ of }: { of: string }) {
  const { t } = useTranslation('boards');
  return (
    <Tooltip label={t(`definitions.${of}`)} openDelay={150}>
      <UnstyledButton className={classes.term}>{t(`figures.${of}`)}</UnstyledButton>
    </Tooltip>
  );
}
