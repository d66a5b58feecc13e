import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ErrorState } from '@/shared/components';
import { type Player, SoundPlayer } from './SoundPlayer';

/** A message that was left. */
export function VoicemailPlayer({ id, player }: { id: string; player?: Ref<Player> }) {
  const { t } = useTranslation('case');
  const { data, error, refetch } = useQuery({
    queryKey: ['voicemail-peaks', id],
    staleTime: Infinity,
    queryFn: () =>
      call(api.GET('/api/voicemails/{id}/peaks', { params: { path: { id }, query: { count: 240 } } })),
  });
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  const sound = data && { src: `/api/voicemails/${id}/sound`, channels: [data.peaks], seconds: data.seconds };
  return <SoundPlayer sound={sound} seek={t('player.seek')} player={player} />;
}
