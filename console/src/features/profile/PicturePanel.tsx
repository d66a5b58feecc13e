import { useTranslation } from 'react-i18next';
import { Panel, PersonAvatar } from '@/shared/components';
import { PhotoButtons } from '@/shared/people';
import { useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import classes from './profile.module.css';

export function PicturePanel() {
  const { t } = useTranslation('profile');
  const me = useMe();
  const photo = usePhotos()(me.person);
  if (!me.person) return null;
  return (
    <Panel title={t('picture')}>
      <div className={classes.picture}>
        <PersonAvatar name={me.shown_name} photo={photo} size={84} />
        <PhotoButtons person={me.person} has={photo !== null} />
      </div>
    </Panel>
  );
}
