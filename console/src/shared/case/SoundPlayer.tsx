import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconRewindBackward5 } from '@tabler/icons-react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type WaveSurfer from 'wavesurfer.js';
import { useTell } from '@/shared/components';
import { duration } from '@/shared/format';
import classes from './case.module.css';

export interface Player {
  toggle(): void;
}

export interface Sound {
  src: string;
  /** Of each channel the loudest of slices of equal length, in any unit. */
  channels: number[][];
  seconds: number;
}

const SPEEDS = [1, 1.25, 1.5, 2];
const HEIGHT = 44;

interface Props {
  /** Undefined until it is known. */
  sound: Sound | undefined;
  /** What the place is called that is chosen by the arrow keys. */
  seek: string;
  player?: Ref<Player>;
}

/** A sound: its shape, and the keys of a player. Nothing is fetched of it until it is played. */
export function SoundPlayer({ sound, seek, player }: Props) {
  const { t } = useTranslation('case');
  const tell = useTell();
  const box = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const wanted = useRef(false);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);
  const seconds = sound?.seconds ?? 0;
  const src = sound?.src;

  useEffect(() => {
    if (!sound || !src || !box.current) return;
    const container = box.current;
    let gone = false;
    const media = new Audio();
    media.preload = 'none';
    media.src = src;
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
        height: HEIGHT / sound.channels.length,
        barWidth: 2,
        barGap: 1,
        barRadius: 2,
        normalize: true,
        cursorWidth: 2,
        ...coloursOf(container),
        ...(sound.channels.length > 1 && { splitChannels: sound.channels.map(() => ({})) }),
        peaks: sound.channels.map((channel) => [...channel]),
        duration: sound.seconds,
      });
      made.on('play', () => setPlaying(true));
      made.on('pause', () => setPlaying(false));
      made.on('finish', () => setPlaying(false));
      made.on('timeupdate', (moment) => setAt(moment));
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
    // `tell` and the sound are made anew each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [src, seconds]);

  const toggle = () => {
    if (wave.current) void wave.current.playPause();
    else wanted.current = true;
  };
  useImperativeHandle(player, () => ({ toggle }));

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
          max={Math.max(seconds, 0.1)}
          step={0.1}
          value={at}
          aria-label={seek}
          aria-valuetext={`${duration(at)} / ${duration(seconds)}`}
          onChange={(event) => wave.current?.setTime(Number(event.currentTarget.value))}
        />
      </div>
      <Text size="xs" c="dimmed" className={`figures ${classes.still}`} data-volatile>
        {duration(at)} / {duration(seconds)}
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
