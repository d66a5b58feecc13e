import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language } from '@/shared/i18n';
import classes from './SignInPage.module.css';

interface Props {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}

/** Around every page on the way in: the mark, what is to be done, and the choice of language. */
export function Frame({ title, note, children }: Props) {
  const { i18n, t } = useTranslation('signin');
  useEffect(() => {
    document.title = `${title} · Svarhus`;
  }, [title]);
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <Stack gap="lg">
          <Stack align="center" gap={6} ta="center">
            <img src="/mark.svg" alt="" width={44} height={44} />
            <Title order={1}>{title}</Title>
            {note && (
              <Text component="div" size="sm" c="dimmed">
                {note}
              </Text>
            )}
          </Stack>
          {children}
        </Stack>
      </main>
      <nav className={classes.foot} aria-label={t('language')}>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <UnstyledButton
            key={language}
            lang={language}
            aria-pressed={i18n.language === language}
            onClick={() => void chooseLanguage(language)}
          >
            {LANGUAGES[language]}
          </UnstyledButton>
        ))}
      </nav>
    </div>
  );
}
