import { signingOut } from '@/shared/session/farewell';
import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconCheck, IconLogout, IconMap2, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, type RefObject, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useConfirm } from '@/shared/components/useConfirm';
import { useTell } from '@/shared/components/useTell';
import { chooseLanguage, LANGUAGES, type Language } from '@/shared/i18n';
import { queryClient } from '@/shared/query';
import { useMe } from '@/shared/session';
import { forgetDrafts, hasDrafts } from '@/shared/session/drafts';
import { startTour } from '@/shared/tour';
import { UserButton } from './UserButton';
import classes from './UserMenu.module.css';

const PresenceItems = lazy(() => import('@/shared/presence/PresenceItems'));
const PresenceDialog = lazy(() => import('@/shared/presence/PresenceDialog'));

interface Props {
  /** Its button was pressed before it was there. */
  opened: boolean;
  /** See UserButton. */
  focused: RefObject<boolean>;
}

/** Who is signed in; presence, language, light or dark, and the way out. */
export function UserMenu({ opened, focused }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const leave = useLeave(() => signOut.mutate());
  const [details, setDetails] = useState(false);
  const [open, setOpen] = useState(opened);
  // A menu that begins open does not know where the focus is to go back to.
  const there = useMounted();
  return (
    <>
      <Menu width={300} position="bottom-end" shadow="md" opened={there && open} onChange={setOpen}>
        <Menu.Target>
          <UserButton focused={focused} />
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <strong>{me.shown_name}</strong>
            <span>{t(`role.${me.role}`, { defaultValue: me.role_name ?? me.role })}</span>
          </div>
          <Menu.Divider />
          {me.person && (
            <Suspense>
              <PresenceItems person={me.person} onDetails={() => setDetails(true)} />
            </Suspense>
          )}
          <Menu.Label>{t('user.scheme')}</Menu.Label>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
          >
            <div className={classes.scheme} role="group" aria-label={t('user.scheme')}>
              {(['auto', 'light', 'dark'] as const).map((value) => (
                <Menu.RadioItem key={value} value={value} px={6} closeMenuOnClick={false}>
                  {t(`user.schemes.${value}`)}
                </Menu.RadioItem>
              ))}
            </div>
          </Menu.RadioGroup>
          <Menu.Label>{t('user.language')}</Menu.Label>
          {(Object.keys(LANGUAGES) as Language[]).map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              onClick={() => void choose(language, me.person !== null)}
              rightSection={
                i18n.language === language ? <IconCheck size={15} aria-label={t('chosen')} /> : null
              }
            >
              {LANGUAGES[language]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            component={Link}
            to="/profile"
            leftSection={<IconUser size={16} stroke={1.6} aria-hidden />}
          >
            {t('user.profile')}
          </Menu.Item>
          <Menu.Item leftSection={<IconMap2 size={16} stroke={1.6} aria-hidden />} onClick={startTour}>
            {t('user.tour')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />}
            onClick={() => void leave()}
          >
            {t('user.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {details && me.person && (
          <PresenceDialog person={me.person} name={me.shown_name} onClose={() => setDetails(false)} />
        )}
      </Suspense>
    </>
  );
}

/** Here at once, and kept with the person for the next sign-in; this browser keeps it, should that fail. */
async function choose(language: Language, person: boolean) {
  await chooseLanguage(language);
  if (person) await api.PUT('/api/me/language', { body: { language } }).catch(() => null);
}

/** Who has written something is asked first: what is not saved does not stay on a computer that others may use. */
function useLeave(signOut: () => void): () => Promise<void> {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const me = useMe();
  return async () => {
    const question = { title: t('user.unsaved'), body: t('user.unsavedBody'), confirm: t('user.signOut') };
    if (!hasDrafts(me) || (await confirm(question))) signOut();
  };
}

function useSignOut() {
  const navigate = useNavigate();
  const tell = useTell();
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/session')),
    onMutate: () => signingOut(true),
    onSettled: () => signingOut(false),
    onSuccess: async () => {
      forgetDrafts();
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
    onError: (error) => tell.failed(error),
  });
}
