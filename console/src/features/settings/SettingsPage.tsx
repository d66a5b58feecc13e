import { Text } from '@mantine/core';
import { IconFileText, IconHistory, IconTags, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LISTS, ORGANISATION, SECTIONS } from './sections';
import classes from './settings.module.css';

const ALL: [string, Icon][] = [
  ['organisation', ORGANISATION.icon],
  ...LISTS.map((list): [string, Icon] => [list, SECTIONS[list].icon]),
  ['tags', IconTags],
  ['file', IconFileText],
  ['history', IconHistory],
];

/** Where one begins: what each part is for. On a phone the layout's list of parts is enough. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <div className={classes.start}>
      <Text size="sm" c="dimmed" maw={640} mb={12}>
        {t('choose')}
      </Text>
      <ul className={classes.cards}>
        {ALL.map(([name, Sign]) => (
          <li key={name}>
            <Link to={`/settings/${name}`} className={classes.card}>
              <Sign size={20} stroke={1.5} aria-hidden />
              <span>
                <strong>{t(`sections.${name}`)}</strong>
                <span>{t(`about.${name}`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
