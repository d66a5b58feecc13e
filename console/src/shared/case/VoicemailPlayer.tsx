import { ActionIcon, Group, Menu, Text, Tooltip, Button } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconRewindBackward5 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type WaveSurfer from 'wavesurfer.js';
import { api, call } from '@/api/client';
import { ErrorState, useTell } from '@/shared/components';
import { duration } from '@/shared/format';
import classes from './case.module.css';

export interface Player {
  toggle(): void;
}

const SPEEDS = [1, 1.25, 1.5, 2];

/** A message that was left: its shape, and the keys of a player. Nothing is fetched of the sound until it is played. */
export function VoicemailPlayer({ id, player }: { id: string; player?: Ref<Player> }) {
  const { t } = useTranslation('case');
  const tell = useTell();
  const box = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const wanted = useRef(false);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);
  const { data, error, refetch } = useQuery({
    queryKey: ['voicemail-peaks', id],
    staleTime: Infinity,
    queryFn: () =>
      call(api.GET('/api/voicemails/{id}/peaks', { params: { path: { id }, query: { count: 240 } } })),
  });

  useEffect(() => {
    if (!data || !box.current) return;
    const container = box.current;
    let gone = false;
    const media = new Audio();
    media.preload = 'none';
    media.src = `/api/voicemails/${id}/sound`;
    media.onerror = () => {
      if (gone) return;
      setPlaying(false);
      tell.failed(new Error('sound'));
    };
    void import('wavesurfer.js').then(({ default: Wave }) => {
      if (gone) return;
      const made = Wave.create({
        container,
        media,
        height: 44,
        barWidth: 2,
        barGap: 1,
        barRadius: 2,
        normalize: true,
        cursorWidth: 2,
        ...coloursOf(container),
        peaks: [[...data.peaks]],
        duration: data.seconds,
      });
      made.on('play', () => setPlaying(true));
      made.on('pause', () => setPlaying(false));
      made.on('finish', () => setPlaying(false));
      made.on('timeupdate', (seconds) => setAt(seconds));
      wave.current = made;
      if (wanted.current) void made.play();
    });
    return () => {
      gone = true;
      media.pause();
      wave.current?.destroy();
      wave.current = null;
      wanted.current = false;
      media.removeAttribute('src');
      setPlaying(false);
      setAt(0);
    };
    // `tell` is made anew each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data, id]);

  const toggle = () => {
    if (wave.current) void wave.current.playPause();
    else wanted.current = true;
  };
  useImperativeHandle(player, () => ({ toggle }));

  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <Group gap="xs" wrap="nowrap" className={classes.player}>
      <Tooltip label={t(playing ? 'player.pause' : 'player.play')}>
        <ActionIcon
          size={40}
          radius="xl"
          variant="filled"
          color="fjord"
          onClick={toggle}
          aria-label={t(playing ? 'player.pause' : 'player.play')}
        >
          {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
      </Tooltip>
      <div className={classes.grow}>
        <div ref={box} className={classes.wave} aria-hidden />
        <input
          type="range"
          className={classes.seek}
          min={0}
          max={Math.max(data?.seconds ?? 0, 0.1)}
          step={0.1}
          value={at}
          aria-label={t('player.seek')}
          aria-valuetext={`${duration(at)} / ${duration(data?.seconds ?? 0)}`}
          onChange={(event) => wave.current?.setTime(Number(event.currentTarget.value))}
        />
      </div>
      <Text size="xs" c="dimmed" className={`figures ${classes.still}`} data-volatile>
        {duration(at)} / {duration(data?.seconds ?? 0)}
      </Text>
      <Tooltip label={t('player.back')}>
        <ActionIcon
          aria-label={t('player.back')}
          onClick={() => wave.current?.setTime(Math.max(0, wave.current.getCurrentTime() - 5))}
        >
          <IconRewindBackward5 size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" color="gray" aria-label={t('player.speed', { speed })}>
            {speed}×
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {SPEEDS.map((each) => (
            <Menu.Item
              key={each}
              onClick={() => {
                setSpeed(each);
                wave.current?.setPlaybackRate(each, true);
              }}
            >
              {each}×
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** The colours of the page, for a picture that is drawn. */
function coloursOf(element: HTMLElement) {
  const style = getComputedStyle(element);
  return {
    waveColor: style.getPropertyValue('--svarhus-quiet').trim(),
    progressColor: style.getPropertyValue('--svarhus-info').trim(),
    cursorColor: style.getPropertyValue('--svarhus-info').trim(),
  };
}
