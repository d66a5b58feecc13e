import { Text } from '@mantine/core';
import { IconFileText, IconHistory, IconSend, IconTags, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LISTS, ORGANISATION, SECTIONS } from './sections';
import classes from './settings.module.css';

interface Part {
  name: string;
  to: string;
  icon: Icon;
}

const part = (name: string, icon: Icon): Part => ({ name, to: `/settings/${name}`, icon });

const ALL = [
  part('organisation', ORGANISATION.icon),
  ...LISTS.map((list) => part(list, SECTIONS[list].icon)),
  part('tags', IconTags),
  part('sending', IconSend),
  part('file', IconFileText),
  part('history', IconHistory),
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
        {ALL.map(({ name, to, icon: Sign }) => (
          <li key={name}>
            <Link to={to} className={classes.card}>
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
